package com.misybot.tenancy.operation.job;

import com.github.kagkarlsson.scheduler.Clock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time of the database, which all instances share: whether a job is due and whether an owner is dead must not depend on
 * how well the clocks of two machines agree. Asked for again every 10 s and carried on by the monotonic timer between; the
 * error is half a round trip. Until the database has answered once, the clock of this machine stands in.
 */
final class DatabaseClock implements Clock {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);
    private static final String ASK = "select clock_timestamp()";
    private static final int TRIES = 3;
    private static final long VALID_NANOS = Duration.ofSeconds(10).toNanos();

    private final DataSource database;
    private final LongSupplier timer;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile Anchor anchor;

    DatabaseClock(DataSource database, java.time.Clock standIn, LongSupplier timer) {
        this.database = database;
        this.timer = timer;
        var nanos = timer.getAsLong();
        this.anchor = new Anchor(standIn.instant(), nanos, nanos - VALID_NANOS);
    }

    @Override
    public Instant now() {
        var nanos = timer.getAsLong();
        if (nanos - anchor.askedAt >= VALID_NANOS && asking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("job-clock").start(this::askOnce);
        }
        return anchor.at(nanos);
    }

    /** Asks the database, waiting for its answer. */
    void ask() {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(ASK)) {
            var fastest = Long.MAX_VALUE;
            for (var i = 0; i < TRIES; i++) {
                var before = timer.getAsLong();
                try (var row = statement.executeQuery()) {
                    row.next();
                    var theirs = row.getObject(1, OffsetDateTime.class).toInstant();
                    var after = timer.getAsLong();
                    if (after - before < fastest) {
                        fastest = after - before;
                        anchor = new Anchor(theirs, before + fastest / 2, after);
                    }
                }
            }
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            LOG.warn("The database was not asked for its time: {}", e.getMessage());
            anchor = anchor.askedAt(timer.getAsLong());
        }
    }

    private void askOnce() {
        try {
            ask();
        } finally {
            asking.set(false);
        }
    }

    /** What time it was at one reading of the timer. */
    private record Anchor(Instant time, long timeAt, long askedAt) {

        Instant at(long nanos) {
            return time.plusNanos(nanos - timeAt).truncatedTo(ChronoUnit.MICROS);
        }

        Anchor askedAt(long nanos) {
            return new Anchor(time, timeAt, nanos);
        }
    }
}
