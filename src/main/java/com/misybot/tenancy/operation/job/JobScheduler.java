package com.misybot.tenancy.operation.job;

import com.github.f4b6a3.uuid.UuidCreator;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.Task;
import com.misybot.tenancy.operation.job.Jobs.WakeUp;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Runs db-scheduler in this instance. It polls on a pool of its own as the platform role, outside of any scope, and picks
 * only what it has a thread for: a job that is picked and waits has no heartbeat, and would be taken for dead.
 */
final class JobScheduler implements SmartLifecycle {

    /** Starts before the web server and stops after it, so that requests which wait for jobs see them end. */
    static final int PHASE = DEFAULT_PHASE - 4096;

    private static final Logger LOG = LoggerFactory.getLogger(JobScheduler.class);
    private static final double REFILL_BELOW = 0.5;
    private static final double NO_MORE_THAN_THREADS = 1.0;

    private final DataSource database;
    private final JdbcOperations jdbc;
    private final com.github.kagkarlsson.scheduler.Clock clock;
    private final JobSettings settings;
    private final JobData data;
    private final WakeUp wakeUp;
    private final JobMetrics metrics;
    private final List<RecurringJob> recurring;
    private final List<Task<?>> tasks;
    private @Nullable Scheduler scheduler;

    JobScheduler(
            DataSource database,
            JdbcOperations jdbc,
            com.github.kagkarlsson.scheduler.Clock clock,
            JobSettings settings,
            JobData data,
            WakeUp wakeUp,
            JobMetrics metrics,
            JobTasks makeTask,
            List<? extends JobHandler<?>> handlers,
            List<RecurringJob> recurring) {
        this.database = database;
        this.jdbc = jdbc;
        this.clock = clock;
        this.settings = settings;
        this.data = data;
        this.wakeUp = wakeUp;
        this.metrics = metrics;
        this.recurring = recurring;
        this.tasks = new ArrayList<>();
        handlers.forEach(handler -> tasks.add(makeTask.of(handler)));
        recurring.forEach(job -> tasks.add(makeTask.of(job)));
        var names = new HashSet<String>();
        tasks.forEach(task -> {
            if (!names.add(task.getName())) {
                throw new IllegalStateException("Two handlers for jobs named " + task.getName());
            }
        });
    }

    @Override
    public synchronized void start() {
        if (clock instanceof DatabaseClock shared) {
            shared.ask();
        }
        var name = "tenancy-" + UuidCreator.getTimeOrderedEpoch();
        var started = Scheduler.create(database, tasks)
                .schedulerName(new SchedulerName.Fixed(name))
                .clock(clock)
                .serializer(data)
                .jdbcCustomization(new PostgreSqlJdbcCustomization(false, false))
                .pollUsingLockAndFetch(REFILL_BELOW, NO_MORE_THAN_THREADS)
                .threads(settings.threads())
                .executorService(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("job-", 0).factory()))
                .pollingInterval(settings.pollInterval())
                .heartbeatInterval(settings.heartbeatInterval())
                .missedHeartbeatsLimit(JobSettings.MISSED_HEARTBEATS)
                .shutdownMaxWait(settings.shutdownWait())
                .failureLogging(LogLevel.ERROR, true)
                .addSchedulerListener(metrics)
                .build();
        enrolRecurring();
        started.start();
        scheduler = started;
        wakeUp.to(started::triggerCheckForDueExecutions);
    }

    @Override
    public synchronized void stop() {
        var stopping = scheduler;
        scheduler = null;
        if (stopping != null) {
            wakeUp.to(() -> {});
            stopping.stop();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return scheduler != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private void enrolRecurring() {
        for (var job : recurring) {
            try {
                var first = Recurring.next(job, clock.now()).atOffset(ZoneOffset.UTC);
                jdbc.update(Recurring.ENROL, job.name(), Recurring.ID.toString(), first);
            } catch (DataAccessException unavailable) {
                LOG.error("The recurring job {} was not enrolled, a later start has to", job.name(), unavailable);
            }
        }
    }
}
