package com.misybot.tenancy.event.feed;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * How far the feed of all events is behind what is committed. A writer that does not end holds it back, even one in another database of
 * the same server. Asked for while somebody reads the figure, once in 5 s.
 */
@Component
class FeedLag {

    private static final Duration KEPT = Duration.ofSeconds(5);

    private final FeedPages pages;
    private final Clock clock;
    private Instant askedAt = Instant.MIN;
    private double millis;

    FeedLag(FeedPages pages, Clock clock, MeterRegistry meters) {
        this.pages = pages;
        this.clock = clock;
        TimeGauge.builder("tenancy.events.lag", this, TimeUnit.MILLISECONDS, FeedLag::now)
                .description("Age of the oldest event that a running transaction keeps from being read")
                .register(meters);
    }

    private synchronized double now() {
        var now = clock.instant();
        if (askedAt.plus(KEPT).isBefore(now) || askedAt.isAfter(now)) {
            askedAt = now;
            millis = ask();
        }
        return millis;
    }

    private double ask() {
        try {
            var horizon = pages.horizon();
            var since = horizon.heldSince();
            return since == null ? 0 : Duration.between(since, horizon.now()).toMillis();
        } catch (DataAccessException | TransactionException unavailable) {
            return Double.NaN;
        }
    }
}
