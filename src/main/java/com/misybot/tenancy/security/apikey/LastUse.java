package com.misybot.tenancy.security.apikey;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;

/**
 * Remembers when each key was last used and writes it down, all keys in one batch, apart from the requests that used them.
 * An instance writes a key at most once a minute; a use waits in memory until then, and is lost with a killed process.
 */
@Component
class LastUse implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LastUse.class);

    private static final Duration AT_MOST_EVERY = Duration.ofMinutes(1);
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final int ROUND_LIMIT = 1_000;
    private static final String UPDATE = """
            update api_key set last_used_at = ?, version = version + 1
            where key_id = ? and (last_used_at is null or last_used_at < ?)
            """;

    private final ScopedTransactions transactions;
    private final JdbcOperations jdbc;
    private final Clock clock;
    private final Map<String, Instant> waiting = new ConcurrentHashMap<>();
    private final Cache<String, Boolean> written =
            Caffeine.newBuilder().expireAfterWrite(AT_MOST_EVERY).build();
    private volatile @Nullable ScheduledExecutorService rounds;

    LastUse(ScopedTransactions transactions, JdbcOperations jdbc, Clock clock) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void touch(String keyId) {
        waiting.put(keyId, clock.instant());
    }

    /** Writes what waits and may be written by now. */
    void write() {
        var due = waiting.entrySet().stream()
                .filter(use -> written.getIfPresent(use.getKey()) == null)
                .sorted(Map.Entry.comparingByKey())
                .limit(ROUND_LIMIT)
                .toList();
        if (due.isEmpty()) {
            return;
        }
        transactions.<int[][]>change(
                Scope.platform(),
                () -> jdbc.batchUpdate(UPDATE, due, ROUND_LIMIT, (statement, use) -> {
                    var at = Timestamp.from(use.getValue());
                    statement.setTimestamp(1, at);
                    statement.setString(2, use.getKey());
                    statement.setTimestamp(3, at);
                }));
        due.forEach(use -> {
            written.put(use.getKey(), true);
            waiting.remove(use.getKey(), use.getValue());
        });
    }

    private void round() {
        try {
            write();
        } catch (RuntimeException e) {
            // Another round comes; the request that used the key is long answered
            log.debug("The last uses of {} keys wait for the database", waiting.size(), e);
        }
    }

    @Override
    public void start() {
        var executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("key-use").factory());
        var _ = executor.scheduleWithFixedDelay(this::round, ROUND.toMillis(), ROUND.toMillis(), TimeUnit.MILLISECONDS);
        rounds = executor;
    }

    @Override
    public void stop() {
        var executor = rounds;
        if (executor != null) {
            executor.shutdown();
            rounds = null;
        }
        round();
    }

    @Override
    public boolean isRunning() {
        return rounds != null;
    }

    /** Stops after the web server, whose last requests use keys too. */
    @Override
    public int getPhase() {
        return 0;
    }
}
