package com.misybot.tenancy.operation.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.job.JobType.NoData;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Several instances of the scheduler in one process, each with a clock and a connection that the test can stop. */
@SpringBootTest(
        classes = JobTestApplication.class,
        webEnvironment = WebEnvironment.NONE,
        properties = "spring.jpa.hibernate.ddl-auto=none")
class JobSchedulerTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final JobSettings QUICK =
            new JobSettings(4, Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofSeconds(10));

    private final JobType<NoData> type = JobType.named("test.scheduler-" + UUID.randomUUID());
    private final JobId id = new JobId(UUID.randomUUID(), UUID.randomUUID());
    private final List<Instance> instances = new ArrayList<>();

    @Autowired
    Jobs jobs;

    @Autowired
    ScopedTransactions transactions;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    @Qualifier("schedulerDataSource")
    DataSource database;

    @AfterEach
    void stopInstances() {
        instances.forEach(Instance::stop);
    }

    @Test
    void aDeadOwnerIsReplaced() {
        var attempts = new LinkedBlockingQueue<Integer>();
        var never = new CountDownLatch(1);
        var dead = instance(handler(run -> {
            attempts.add(run.attempt());
            never.await();
        }));
        dead.start();
        schedule();
        await().atMost(PATIENCE).until(() -> attempts.contains(1));
        dead.freeze();

        var successor = instance(handler(run -> attempts.add(run.attempt())));
        successor.start();
        assertThat(attempts).as("alive until it has missed its heartbeats").doesNotContain(2);
        successor.clock.ahead(Duration.ofSeconds(10));

        await().atMost(PATIENCE).until(() -> attempts.contains(2));
        await().atMost(PATIENCE).until(() -> rows() == 0);
        never.countDown();
    }

    @Test
    void byDefaultADeadOwnerIsReplacedWithinSeconds() {
        var byDefault = new Binder(List.of()).bindOrCreate("tenancy.operation.job", JobSettings.class);
        var attempts = new LinkedBlockingQueue<Integer>();
        var never = new CountDownLatch(1);
        Work work = run -> {
            attempts.add(run.attempt());
            if (run.attempt() == 1) {
                never.await();
            }
        };
        var dead = new Instance(handler(work), List.of(), byDefault);
        instances.add(dead);
        dead.start();
        schedule();
        await().atMost(PATIENCE).until(() -> attempts.contains(1));
        dead.freeze();
        var successor = new Instance(handler(work), List.of(), byDefault);
        instances.add(successor);
        successor.start();

        // 4 missed heartbeats of 1 s, looked for every 2 s, and what a busy machine adds
        await().atMost(Duration.ofSeconds(10)).until(() -> attempts.contains(2));
        never.countDown();
    }

    @Test
    void anOwnerThatWakesUpAfterItWasReplacedRecordsNothing() {
        var recorded = new LinkedBlockingQueue<String>();
        var refusals = new LinkedBlockingQueue<Throwable>();
        var paused = new CountDownLatch(1);
        var successorMayEnd = new CountDownLatch(1);
        var started = new LinkedBlockingQueue<String>();
        var sleeper = instance(handler(run -> {
            started.add("sleeper");
            paused.await();
            try {
                record(run, recorded, "sleeper");
            } catch (JobInterrupted refused) {
                refusals.add(refused);
                throw refused;
            }
        }));
        sleeper.start();
        schedule();
        await().atMost(PATIENCE).until(() -> started.contains("sleeper"));
        sleeper.freeze();
        var successor = instance(handler(run -> {
            started.add("successor");
            successorMayEnd.await();
            record(run, recorded, "successor");
        }));
        successor.clock.ahead(Duration.ofSeconds(10));
        successor.start();
        await().atMost(PATIENCE).until(() -> started.contains("successor"));

        sleeper.thaw();
        paused.countDown();

        await().atMost(PATIENCE).until(() -> !refusals.isEmpty());
        assertThat(recorded).isEmpty();
        assertThat(rows()).as("the successor's job is left alone").isEqualTo(1);
        successorMayEnd.countDown();
        await().atMost(PATIENCE).until(() -> rows() == 0);
        assertThat(recorded).containsExactly("successor");
    }

    @Test
    void anOwnerThatEndsAfterItWasReplacedDoesNotRemoveTheJobOfItsSuccessor() {
        var paused = new CountDownLatch(1);
        var sleeperEnded = new CountDownLatch(1);
        var successorMayEnd = new CountDownLatch(1);
        var started = new LinkedBlockingQueue<String>();
        var sleeper = instance(handler(_ -> {
            started.add("sleeper");
            paused.await();
            sleeperEnded.countDown();
        }));
        sleeper.start();
        schedule();
        await().atMost(PATIENCE).until(() -> started.contains("sleeper"));
        sleeper.freeze();
        var successor = instance(handler(_ -> {
            started.add("successor");
            successorMayEnd.await();
        }));
        successor.clock.ahead(Duration.ofSeconds(10));
        successor.start();
        await().atMost(PATIENCE).until(() -> started.contains("successor"));

        sleeper.thaw();
        paused.countDown();
        await().atMost(PATIENCE).until(() -> sleeperEnded.getCount() == 0);
        sleeper.stop();

        assertThat(rows()).isEqualTo(1);
        successorMayEnd.countDown();
        await().atMost(PATIENCE).until(() -> rows() == 0);
    }

    @Test
    void anInstanceThatStopsHandsItsJobOverAtOnce() {
        var started = new LinkedBlockingQueue<String>();
        var stopping = instance(handler(run -> {
            started.add("stopping");
            while (true) {
                run.checkpoint();
                Thread.onSpinWait();
            }
        }));
        stopping.start();
        schedule();
        await().atMost(PATIENCE).until(() -> started.contains("stopping"));

        stopping.stop();

        assertThat(jdbcOutside()
                        .queryForObject(
                                "select picked from scheduled_tasks where task_name = ?", Boolean.class, type.name()))
                .isFalse();
        instance(handler(_ -> started.add("next"))).start();
        await().atMost(PATIENCE).until(() -> started.contains("next"));
    }

    @Test
    void aFailedJobIsRepeatedUntilItSucceeds() {
        var attempts = new LinkedBlockingQueue<Integer>();
        instance(handler(run -> {
                    attempts.add(run.attempt());
                    if (run.attempt() < 3) {
                        throw new IllegalStateException("not yet");
                    }
                }))
                .start();

        schedule();

        await().atMost(PATIENCE).until(() -> rows() == 0);
        assertThat(attempts).containsExactly(1, 2, 3);
    }

    @Test
    void aJobIsGivenUpInTheScopeOfItsTenantWhenItsAttemptsAreUsedUp() {
        var attempts = new AtomicInteger();
        var gaveUp = new LinkedBlockingQueue<Scope>();
        var handler =
                new TestHandler(type, _ -> {
                    attempts.incrementAndGet();
                    throw new IllegalStateException("never");
                }) {
                    @Override
                    public RetryPolicy retries() {
                        return new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1));
                    }

                    @Override
                    public void gaveUp(JobRun run, NoData data) {
                        gaveUp.add(Scope.current());
                    }
                };
        instance(handler).start();

        schedule();

        await().atMost(PATIENCE).until(() -> rows() == 0);
        assertThat(attempts).hasValue(3);
        assertThat(gaveUp).containsExactly(Scope.tenant(id.tenant()));
    }

    @Test
    void aJobThatKillsItsOwnersIsGivenUpToo() {
        var gaveUp = new CountDownLatch(1);
        var handler =
                new TestHandler(type, _ -> {
                    throw new AssertionError("must not run again");
                }) {
                    @Override
                    public RetryPolicy retries() {
                        return RetryPolicy.atMost(2);
                    }

                    @Override
                    public void gaveUp(JobRun run, NoData data) {
                        gaveUp.countDown();
                    }
                };
        schedule();
        jdbcOutside().update("update scheduled_tasks set consecutive_failures = 3 where task_name = ?", type.name());

        instance(handler).start();

        await().atMost(PATIENCE).until(() -> gaveUp.getCount() == 0 && rows() == 0);
    }

    @Test
    void aRecurringJobHasOneRowHoweverManyInstancesThereAre() {
        var runs = new AtomicInteger();
        var recurring = new RecurringJob() {
            @Override
            public String name() {
                return type.name();
            }

            @Override
            public Recurrence recurrence() {
                return Recurrence.every(Duration.ofMillis(20));
            }

            @Override
            public void run(JobRun run) {
                assertThat(Scope.isBound()).isFalse();
                if (runs.incrementAndGet() == 1) {
                    throw new IllegalStateException("once is no reason to stop");
                }
            }
        };
        instance(null, recurring).start();
        instance(null, recurring).start();

        await().atMost(PATIENCE).until(() -> runs.get() > 3);

        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void runsNoMoreJobsAtOnceThanItHasThreads() {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var done = new AtomicInteger();
        var go = new CountDownLatch(1);
        instance(handler(_ -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    go.await();
                    running.decrementAndGet();
                    done.incrementAndGet();
                }))
                .start();

        for (var i = 0; i < 3 * QUICK.threads(); i++) {
            transactions.change(id.scope(), () -> jobs.schedule(type, new JobId(id.tenant(), UUID.randomUUID())));
        }
        await().atMost(PATIENCE).until(() -> running.get() == QUICK.threads());
        assertThat(jdbcOutside()
                        .queryForObject(
                                "select count(*) from scheduled_tasks where task_name = ? and picked",
                                Long.class,
                                type.name()))
                .as("what is picked and waits has no heartbeat")
                .isEqualTo(QUICK.threads());
        go.countDown();

        await().atMost(PATIENCE).until(() -> done.get() == 3 * QUICK.threads());
        assertThat(most).hasValue(QUICK.threads());
    }

    @Test
    void tellsHowLongTheOldestDueJobHasBeenWaiting() {
        schedule();
        jdbcOutside()
                .update(
                        "update scheduled_tasks set execution_time = now() - interval '1 hour' where task_name = ?",
                        type.name());
        var idle = instance(null);

        idle.start();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                idle.meters.get("tenancy.jobs.lag").gauge().value())
                        .isGreaterThan(3_599));
        jdbcOutside().update("delete from scheduled_tasks where task_name = ?", type.name());
    }

    private void record(JobRun run, LinkedBlockingQueue<String> recorded, String who) {
        transactions.change(run.scope(), () -> {
            run.confirm();
            return recorded.add(who);
        });
    }

    private void schedule() {
        transactions.change(id.scope(), () -> jobs.schedule(type, id));
    }

    private int rows() {
        return jdbcOutside()
                .queryForList("select 1 from scheduled_tasks where task_name = ?", type.name())
                .size();
    }

    private JdbcTemplate jdbcOutside() {
        return new JdbcTemplate(database);
    }

    private TestHandler handler(Work work) {
        return new TestHandler(type, work);
    }

    private Instance instance(@Nullable TestHandler handler, RecurringJob... recurring) {
        var instance = new Instance(handler, List.of(recurring), QUICK);
        instances.add(instance);
        return instance;
    }

    interface Work {
        void run(JobRun run) throws Exception;
    }

    static class TestHandler implements JobHandler<NoData> {
        private final JobType<NoData> type;
        private final Work work;

        TestHandler(JobType<NoData> type, Work work) {
            this.type = type;
            this.work = work;
        }

        @Override
        public JobType<NoData> type() {
            return type;
        }

        @Override
        public void run(JobRun run, NoData data) throws Exception {
            work.run(run);
        }

        @Override
        public RetryPolicy retries() {
            return new RetryPolicy(Integer.MAX_VALUE, Duration.ofMillis(1), Duration.ofMillis(1));
        }
    }

    /** The system's clock, moved by the test. */
    static final class MovedClock implements com.github.kagkarlsson.scheduler.Clock {
        private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

        void ahead(Duration by) {
            ahead.set(by);
        }

        @Override
        public Instant now() {
            return Instant.now().plus(ahead.get());
        }
    }

    /** An instance whose scheduler can be stopped as by a signal: nothing of it reaches the database. */
    final class Instance {
        final MovedClock clock = new MovedClock();
        final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        private final AtomicReference<CountDownLatch> frozen = new AtomicReference<>(new CountDownLatch(0));
        private final JobScheduler scheduler;

        Instance(@Nullable TestHandler handler, List<RecurringJob> recurring, JobSettings settings) {
            var own = new DelegatingDataSource(database) {
                @Override
                public Connection getConnection() throws java.sql.SQLException {
                    try {
                        frozen.get().await();
                    } catch (InterruptedException e) {
                        throw new java.sql.SQLException(e);
                    }
                    return super.getConnection();
                }
            };
            var outside = new JdbcTemplate(own);
            var wakeUp = new Jobs.WakeUp();
            var metrics = new JobMetrics(meters, outside, clock);
            scheduler = new JobScheduler(
                    own,
                    outside,
                    clock,
                    settings,
                    new JobData(),
                    wakeUp,
                    metrics,
                    new JobTasks(jdbc, wakeUp, metrics),
                    handler == null ? List.of() : List.of(handler),
                    recurring);
        }

        void start() {
            scheduler.start();
        }

        void freeze() {
            frozen.set(new CountDownLatch(1));
        }

        void thaw() {
            frozen.get().countDown();
        }

        void stop() {
            thaw();
            scheduler.stop();
        }
    }
}
