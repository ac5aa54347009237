package com.misybot.tenancy.event.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When a message is sent again: after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, each a tenth shorter or longer by
 * chance, over three days in all. Total attempts = 1 initial attempt + 9 retries. The schedule of Standard Webhooks.
 */
final class RetrySchedule {

    private static final List<Duration> DELAYS = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    private static final Duration LONGEST = Duration.ofHours(24);
    private static final double JITTER = 0.1;

    private final RandomGenerator random;

    RetrySchedule(RandomGenerator random) {
        this.random = random;
    }

    /**
     * How long to wait after a failed attempt; empty where it was the last.
     *
     * @param attempt that failed, counted from 1
     * @param asked how long the receiver asked to be left alone, which is honoured up to 24 h
     */
    Optional<Duration> after(int attempt, @Nullable Duration asked) {
        if (attempt > DELAYS.size()) {
            return Optional.empty();
        }
        var delay = DELAYS.get(attempt - 1);
        var jittered = Duration.ofMillis((long) (delay.toMillis() * (1 - JITTER + 2 * JITTER * random.nextDouble())));
        if (asked == null || asked.compareTo(jittered) <= 0) {
            return Optional.of(jittered);
        }
        return Optional.of(asked.compareTo(LONGEST) < 0 ? asked : LONGEST);
    }
}
