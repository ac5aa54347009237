package com.misybot.tenancy.operation.job;

import java.time.Duration;

/**
 * How a failed job is repeated. The n-th retry waits {@code firstDelay × 2ⁿ⁻¹}, at most {@code longestDelay}; total attempts
 * = 1 initial attempt + {@code maxRetries} attempts. An attempt whose owner died counts as failed.
 *
 * @param maxRetries how often at most; {@link Integer#MAX_VALUE} for until it succeeds
 * @param firstDelay before the first retry
 * @param longestDelay between two attempts
 */
public record RetryPolicy(int maxRetries, Duration firstDelay, Duration longestDelay) {

    private static final int LARGEST_SHIFT = 30;

    public RetryPolicy {
        if (maxRetries < 0 || firstDelay.isNegative() || longestDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException(
                    "A retry policy needs maxRetries >= 0 and 0 <= firstDelay <= longestDelay");
        }
    }

    /** Until it succeeds: after 1 s, 2 s, 4 s and so on up to every 5 minutes. */
    public static RetryPolicy untilDone() {
        return atMost(Integer.MAX_VALUE);
    }

    /** At most so many retries, after 1 s, 2 s, 4 s and so on up to every 5 minutes. */
    public static RetryPolicy atMost(int maxRetries) {
        return new RetryPolicy(maxRetries, Duration.ofSeconds(1), Duration.ofMinutes(5));
    }

    boolean allowsAnother(int failures) {
        return failures <= maxRetries;
    }

    /** How long the next attempt waits after so many failures, 1 for the first. */
    public Duration delayAfter(int failures) {
        var delay = firstDelay.multipliedBy(1L << Math.min(failures - 1, LARGEST_SHIFT));
        return delay.compareTo(longestDelay) < 0 ? delay : longestDelay;
    }
}
