package com.misybot.tenancy.operation.job;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * How jobs fare: how long the oldest due one has been waiting, how many are due, and how many have failed and are to be
 * repeated. The figures are taken every 10 s; how long runs take is told by {@link JobObservation}.
 */
final class JobMetrics extends AbstractSchedulerListener {

    private static final Duration SAMPLE_EVERY = Duration.ofSeconds(10);
    private static final String SAMPLE = """
            select coalesce(extract(epoch from now() - min(execution_time) filter (where not picked and execution_time <= now())), 0) as lag,
                   count(*) filter (where not picked and execution_time <= now()) as due,
                   count(*) filter (where consecutive_failures > 0) as failing
            from scheduled_tasks
            where execution_time <= now() or consecutive_failures > 0
            """;

    private final JdbcOperations jdbc;
    private final Clock clock;
    private final AtomicBoolean sampling = new AtomicBoolean();
    private volatile Instant sampledAt = Instant.MIN;
    private volatile Sample sample = Sample.UNKNOWN;

    JobMetrics(MeterRegistry meters, JdbcOperations jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
        Gauge.builder("tenancy.jobs.lag", () -> sample.lag)
                .baseUnit("seconds")
                .description("How long the oldest due job has been waiting to be picked")
                .register(meters);
        Gauge.builder("tenancy.jobs.due", () -> sample.due)
                .description("Jobs that are due and not picked")
                .register(meters);
        Gauge.builder("tenancy.jobs.failing", () -> sample.failing)
                .description("Jobs whose last attempt failed")
                .register(meters);
    }

    /** Runs on the thread of the heartbeats, which must not wait for a query. */
    @Override
    public void onSchedulerEvent(SchedulerEventType type) {
        if (type == SchedulerEventType.RAN_DETECT_DEAD
                && !clock.now().isBefore(sampledAt.plus(SAMPLE_EVERY))
                && sampling.compareAndSet(false, true)) {
            Thread.ofVirtual().name("job-metrics").start(this::sample);
        }
    }

    private void sample() {
        try {
            sample = jdbc.queryForObject(
                    SAMPLE,
                    (row, _) -> new Sample(row.getDouble("lag"), row.getDouble("due"), row.getDouble("failing")));
        } catch (DataAccessException unavailable) {
            sample = Sample.UNKNOWN;
        } finally {
            sampledAt = clock.now();
            sampling.set(false);
        }
    }

    private record Sample(double lag, double due, double failing) {
        static final Sample UNKNOWN = new Sample(Double.NaN, Double.NaN, Double.NaN);
    }
}
