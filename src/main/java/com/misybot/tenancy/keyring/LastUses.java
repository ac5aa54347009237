package com.misybot.tenancy.keyring;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Remembers when each credential of one kind was last used and has it written down, many at once, apart from the requests that
 * used them. An instance writes a credential at most once a minute; a use waits in memory until then, and is lost with a
 * killed process.
 *
 * @param <K> what names a credential
 */
public abstract class LastUses<K> implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LastUses.class);

    private static final Duration AT_MOST_EVERY = Duration.ofMinutes(1);
    private static final Duration ROUND = Duration.ofSeconds(5);

    /** Most credentials of one round. */
    protected static final int ROUND_LIMIT = 1_000;

    private final String name;
    private final Comparator<? super K> order;
    private final Clock clock;
    private final Map<K, Instant> waiting = new ConcurrentHashMap<>();
    private final Cache<K, Boolean> written =
            Caffeine.newBuilder().expireAfterWrite(AT_MOST_EVERY).build();
    private volatile @Nullable ScheduledExecutorService rounds;

    /**
     * None used yet.
     *
     * @param name of the thread that writes
     * @param order in which rows are written, the same on every instance
     */
    protected LastUses(String name, Comparator<? super K> order, Clock clock) {
        this.name = name;
        this.order = order;
        this.clock = clock;
    }

    /**
     * Writes these uses down where they are later than what is written.
     *
     * @return those that need not be written again; what is missing comes again in the next round
     */
    protected abstract Collection<K> store(SortedMap<K, Instant> uses);

    /** The credential is used now. */
    public final void touch(K key) {
        waiting.put(key, clock.instant());
    }

    /** Writes what waits and may be written by now. */
    public final void write() {
        var due = new TreeMap<K, Instant>(order);
        waiting.entrySet().stream()
                .filter(use -> written.getIfPresent(use.getKey()) == null)
                .limit(ROUND_LIMIT)
                .forEach(use -> due.put(use.getKey(), use.getValue()));
        if (!due.isEmpty()) {
            store(due).forEach(key -> {
                written.put(key, true);
                waiting.remove(key, due.get(key));
            });
        }
    }

    private void round() {
        try {
            write();
        } catch (RuntimeException e) {
            // Another round comes; the request that used the credential is long answered
            log.debug("The last uses of {} credentials wait for the database", waiting.size(), e);
        }
    }

    @Override
    public final void start() {
        var executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name(name).factory());
        var _ = executor.scheduleWithFixedDelay(this::round, ROUND.toMillis(), ROUND.toMillis(), TimeUnit.MILLISECONDS);
        rounds = executor;
    }

    @Override
    public final void stop() {
        var executor = rounds;
        if (executor != null) {
            executor.shutdown();
            rounds = null;
        }
        round();
    }

    @Override
    public final boolean isRunning() {
        return rounds != null;
    }

    /** Stops after the web server, whose last requests use credentials too. */
    @Override
    public final int getPhase() {
        return 0;
    }
}
