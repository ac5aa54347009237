package com.misybot.tenancy.kernel;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What was looked up, kept in the process for at most a second from the moment the look-up began; that nothing was found as
 * well. One look-up a key: whoever asks meanwhile waits for it and gets the same answer, or the same failure.
 */
public final class BriefCache<K, V> {

    /** How long something is kept. */
    public static final Duration KEPT = Duration.ofSeconds(1);

    /**
     * What is kept.
     *
     * @param began reading of the ticker when the look-up began
     * @param until reading of the ticker from when on this says nothing any more
     */
    private record Kept<V>(@Nullable V value, long began, long until) {}

    private final Function<V, @Nullable Duration> lifetime;
    private final Ticker ticker;
    private final AsyncCache<K, Kept<V>> cache;

    /**
     * A cache of bounded weight.
     *
     * @param mostWeight of all entries together, in the unit of {@code weigher}; the least used are forgotten
     * @param weigher what an entry weighs; its value is null where nothing was found
     */
    public BriefCache(long mostWeight, ToIntBiFunction<K, @Nullable V> weigher, Ticker ticker) {
        this(mostWeight, weigher, _ -> null, ticker);
    }

    /**
     * A cache of values some of which last less than a second.
     *
     * @param lifetime how long a value is true at most, from when its look-up began; null for ever
     */
    public BriefCache(
            long mostWeight,
            ToIntBiFunction<K, @Nullable V> weigher,
            Function<V, @Nullable Duration> lifetime,
            Ticker ticker) {
        this.lifetime = lifetime;
        this.ticker = ticker;
        this.cache = Caffeine.newBuilder()
                .maximumWeight(mostWeight)
                .<K, Kept<V>>weigher((key, kept) -> weigher.applyAsInt(key, kept.value()))
                .expireAfterWrite(KEPT)
                .ticker(ticker)
                .executor(Runnable::run)
                .buildAsync();
    }

    /** What {@code look} finds for this key; null where it finds nothing. */
    public @Nullable V get(K key, Function<K, @Nullable V> look) {
        return get(key, _ -> true, look);
    }

    /**
     * What {@code look} finds for this key; null where it finds nothing.
     *
     * @param since reading of the ticker: what was looked up from then or earlier on does not count
     */
    public @Nullable V get(K key, long since, Function<K, @Nullable V> look) {
        return get(key, began -> began - since > 0, look);
    }

    private @Nullable V get(K key, LongPredicate counts, Function<K, @Nullable V> look) {
        while (true) {
            var present = cache.getIfPresent(key);
            if (present == null) {
                var mine = new CompletableFuture<Kept<V>>();
                present = cache.asMap().putIfAbsent(key, mine);
                if (present == null) {
                    look(key, look, mine);
                    return join(mine).value();
                }
            }
            var isUnderWay = !present.isDone();
            var kept = join(present);
            if ((isUnderWay || ticker.read() - kept.until() < 0) && counts.test(kept.began())) {
                return kept.value();
            }
            cache.asMap().remove(key, present);
        }
    }

    /** Keeps what was found by another way, by a look-up that began at this reading of the ticker. */
    public void put(K key, V value, long began) {
        cache.put(key, CompletableFuture.completedFuture(kept(value, began)));
    }

    /** Forgets this key; a look-up under way is not kept. */
    public void forget(K key) {
        cache.asMap().remove(key);
    }

    /** Forgets this key where what is kept is like this; a look-up under way is not kept. */
    public void forgetIf(K key, Predicate<V> condition) {
        var present = cache.getIfPresent(key);
        if (present == null) {
            return;
        }
        var kept = present.isDone() && !present.isCompletedExceptionally() ? present.join() : null;
        var value = kept == null ? null : kept.value();
        if (value == null || condition.test(value)) {
            cache.asMap().remove(key, present);
        }
    }

    /** How many keys there are. */
    public long size() {
        return cache.synchronous().estimatedSize();
    }

    private Kept<V> kept(@Nullable V value, long began) {
        var left = value == null ? null : lifetime.apply(value);
        var time = left != null && left.compareTo(KEPT) < 0 ? left : KEPT;
        return new Kept<>(value, began, began + time.toNanos());
    }

    private void look(K key, Function<K, @Nullable V> look, CompletableFuture<Kept<V>> mine) {
        var began = ticker.read();
        try {
            mine.complete(kept(look.apply(key), began));
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e); // the cache forgets it
        }
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
