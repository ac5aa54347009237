package com.misybot.tenancy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/** A clock in microseconds that a test moves. */
public final class MovableClock extends Clock {

    private final Supplier<Instant> base;
    private volatile Duration ahead = Duration.ZERO;

    private MovableClock(Supplier<Instant> base) {
        this.base = base;
    }

    /** Stands still until it is moved. */
    public static MovableClock standing() {
        var now = Instant.parse("2026-03-01T12:00:00Z");
        return new MovableClock(() -> now);
    }

    /** Runs with that of the machine. */
    public static MovableClock running() {
        return new MovableClock(Instant::now);
    }

    /** Moves it on, or back by a negative time. */
    public synchronized void move(Duration further) {
        ahead = ahead.plus(further);
    }

    /** Sets how far it is ahead of where it would be. */
    public void set(Duration howFar) {
        ahead = howFar;
    }

    @Override
    public Instant instant() {
        return base.get().plus(ahead).truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
