package com.misybot.tenancy.context.limit;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/** Remembers for a second that Redis did not answer: no rate waits for it meanwhile, each counts in the process. */
final class Away {

    private static final Duration LASTS = Duration.ofSeconds(1);

    private final Ticker ticker;
    private volatile long until;

    Away(Ticker ticker) {
        this.ticker = ticker;
        this.until = ticker.read();
    }

    boolean isSo(long now) {
        return until - now > 0;
    }

    void begin() {
        until = ticker.read() + LASTS.toNanos();
    }
}
