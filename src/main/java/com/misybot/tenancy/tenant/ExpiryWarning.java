package com.misybot.tenancy.tenant;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A warning that a tenant's time will be over.
 *
 * @param before how long before its {@code activeUntil} it is due
 * @param due when that is
 */
record ExpiryWarning(Duration before, Instant due) {

    /** What a tenant whose row is from before there were warnings has been told of: nothing. */
    static final long NOTHING = Long.MAX_VALUE;

    /** How many seconds are left: longer warnings than that come too late to be told. */
    static long left(@Nullable Instant activeUntil, Instant now) {
        return activeUntil == null
                ? NOTHING
                : Math.max(0, Duration.between(now, activeUntil).toSeconds());
    }

    /**
     * The longest of those that are still to be told.
     *
     * @param told seconds before the end of which it is known: those of the last warning, or how many were left when the end was set
     */
    static @Nullable ExpiryWarning next(List<Duration> periods, Instant activeUntil, long told) {
        return periods.stream()
                .filter(period -> period.toSeconds() < told)
                .max(Comparator.naturalOrder())
                .map(period -> new ExpiryWarning(period, activeUntil.minus(period)))
                .orElse(null);
    }

    /** The shortest of those that are due and still to be told: whoever hears of it late hears of it once. */
    static @Nullable ExpiryWarning due(List<Duration> periods, Instant activeUntil, long told, Instant now) {
        return periods.stream()
                .filter(period ->
                        period.toSeconds() < told && !activeUntil.minus(period).isAfter(now))
                .min(Comparator.naturalOrder())
                .map(period -> new ExpiryWarning(period, activeUntil.minus(period)))
                .orElse(null);
    }
}
