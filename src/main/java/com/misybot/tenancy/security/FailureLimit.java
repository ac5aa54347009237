package com.misybot.tenancy.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds guessing: after ten failures within the minute that began with the first of them, one key id from one address is
 * not even looked at until that minute is over. No other pair notices. The least used pairs are forgotten beyond 100,000.
 */
final class FailureLimit {

    private static final int FAILURES = 10;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int PAIRS = 100_000;

    private record Pair(String keyId, String address) {}

    private record Window(AtomicInteger failures, long began) {}

    private final Ticker ticker;
    private final Cache<Pair, Window> windows;

    FailureLimit(Ticker ticker) {
        this.ticker = ticker;
        this.windows = Caffeine.newBuilder()
                .maximumSize(PAIRS)
                .ticker(ticker)
                .expireAfter(Expiry.<Pair, Window>creating((_, _) -> WINDOW))
                .build();
    }

    /** How long the pair is not looked at; empty where it is. */
    Optional<Duration> blocked(String keyId, String address) {
        var window = windows.getIfPresent(new Pair(keyId, address));
        return window == null || window.failures().get() < FAILURES
                ? Optional.empty()
                : Optional.of(WINDOW.minusNanos(ticker.read() - window.began()));
    }

    void failed(String keyId, String address) {
        var window = windows.get(new Pair(keyId, address), _ -> new Window(new AtomicInteger(), ticker.read()));
        window.failures().incrementAndGet();
    }
}
