package com.misybot.tenancy.operation.job;

import com.misybot.tenancy.kernel.CurrentTenant;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.job.JobType.NoData;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Several instances of the scheduler in one process, each with a clock and a connection that the test can stop. */
@SpringBootTest(classes = JobTestApplication.class, webEnvironment = WebEnvironment.NONE)
abstract class JobSchedulerFixture {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    static final JobSettings QUICK =
            new JobSettings(4, Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofSeconds(10));

    final JobType<NoData> type = JobType.named("test.scheduler-" + UUID.randomUUID());

    final JobId id = new JobId(UUID.randomUUID(), UUID.randomUUID());

    final List<Instance> instances = new ArrayList<>();

    CurrentTenant.Directory tenants = _ -> Optional.empty();

    @Autowired
    Jobs jobs;

    @Autowired
    ScopedTransactions transactions;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    ObservationRegistry observations;

    @Autowired
    @Qualifier("schedulerDataSource")
    DataSource database;

    @AfterEach
    void stopInstances() {
        instances.forEach(Instance::stop);
    }

    void schedule() {
        transactions.change(id.scope(), () -> jobs.schedule(type, id));
    }

    int rows() {
        return jdbcOutside()
                .queryForList("select 1 from scheduled_tasks where task_name = ?", type.name())
                .size();
    }

    JdbcTemplate jdbcOutside() {
        return new JdbcTemplate(database);
    }

    TestHandler handler(Work work) {
        return new TestHandler(type, work);
    }

    Instance instance(@Nullable TestHandler handler, RecurringJob... recurring) {
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
            scheduler = new JobScheduler(
                    own,
                    outside,
                    clock,
                    settings,
                    new JobData(),
                    wakeUp,
                    new JobMetrics(meters, outside, clock),
                    new JobTasks(jdbc, wakeUp, new JobObservation(observations), tenants),
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
