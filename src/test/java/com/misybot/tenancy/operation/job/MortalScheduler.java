package com.misybot.tenancy.operation.job;

import com.misybot.tenancy.kernel.CurrentTenant;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A scheduler with the handlers of a service, in place of the service's own, until it dies as by {@code kill -9}: nothing of it
 * reaches the database any more, and the service's own takes over.
 */
public final class MortalScheduler implements AutoCloseable {

    private static final JobSettings QUICK =
            new JobSettings(4, Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofSeconds(10));

    private static final String SILENT =
            "update scheduled_tasks set last_heartbeat = now() - interval '1 hour' where picked";

    private final ApplicationContext context;
    private final JobScheduler own;
    private final JobScheduler mortal;
    private final JdbcTemplate outside;
    private final CountDownLatch burial = new CountDownLatch(1);
    private volatile boolean dead;

    private MortalScheduler(ApplicationContext context) {
        this.context = context;
        this.own = context.getBean(JobScheduler.class);
        var database = context.getBean("schedulerDataSource", DataSource.class);
        this.outside = new JdbcTemplate(database);
        var mine = new DelegatingDataSource(database) {
            @Override
            public Connection getConnection() throws SQLException {
                try {
                    if (dead) {
                        burial.await();
                        throw new SQLException("dead");
                    }
                } catch (InterruptedException e) {
                    throw new SQLException(e);
                }
                return super.getConnection();
            }
        };
        var wakeUp = new Jobs.WakeUp();
        var meters = new SimpleMeterRegistry();
        this.mortal = new JobScheduler(
                mine,
                new JdbcTemplate(mine),
                Instant::now,
                QUICK,
                new JobData(),
                wakeUp,
                new JobMetrics(meters, outside, Instant::now),
                new JobTasks(
                        context.getBean(JdbcOperations.class),
                        wakeUp,
                        new JobObservation(context.getBean(ObservationRegistry.class)),
                        context.getBean(CurrentTenant.Directory.class)),
                Stream.concat(
                                context.getBeansOfType(JobHandler.class).values().stream()
                                        .map(handler -> (JobHandler<?>) handler),
                                context.getBeansOfType(JobHandlerSource.class).values().stream()
                                        .flatMap(source -> source.handlers().stream()))
                        .toList(),
                List.of());
    }

    /** Runs the jobs of this service from now on. */
    public static MortalScheduler inPlaceOfThatOf(ApplicationContext context) {
        var scheduler = new MortalScheduler(context);
        scheduler.own.stop();
        scheduler.mortal.start();
        return scheduler;
    }

    /** Runs the jobs of this service from now on, together with the service's own. */
    public static MortalScheduler besideThatOf(ApplicationContext context) {
        var scheduler = new MortalScheduler(context);
        scheduler.mortal.start();
        return scheduler;
    }

    /** Dies, and another one finds out at once that it has. */
    public MortalScheduler dieAndBeReplaced() {
        dead = true;
        var next = new MortalScheduler(context);
        outside.update(SILENT);
        next.mortal.start();
        return next;
    }

    /** Dies, and the service's own scheduler finds out at once that it has. */
    public void die() {
        dead = true;
        outside.update(SILENT);
        own.start();
    }

    @Override
    public void close() {
        bury();
    }

    /** Ends it for good; what it had begun is told that it is dead. */
    public void bury() {
        dead = true;
        burial.countDown();
        mortal.stop();
        if (!own.isRunning()) {
            own.start();
        }
    }
}
