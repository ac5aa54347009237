package com.misybot.tenancy.context;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks many keys up with one question: what is asked for while a question is under way goes into the next one. However many
 * ask, the database has one question at a time, and nobody waits for more than two.
 */
final class BatchedLookup<K, V> {

    private static final int MOST_AT_ONCE = 500;
    private static final int MOST_WAITING = 10_000;
    private static final long LONGEST_SECONDS = 10;

    private final Function<? super Collection<K>, ? extends Map<K, V>> question;
    private final Map<K, CompletableFuture<@Nullable V>> waiting = new LinkedHashMap<>();
    private boolean asking;

    BatchedLookup(Function<? super Collection<K>, ? extends Map<K, V>> question) {
        this.question = question;
    }

    /**
     * What there is for this key; null where there is nothing.
     *
     * @throws RejectedExecutionException where too many wait, or the answer takes too long
     */
    @Nullable
    V find(K key) {
        var answer = enqueue(key);
        try {
            return answer.orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new RejectedExecutionException("The database takes too long", e);
        }
    }

    /** How many keys wait for the next question. */
    synchronized int waiting() {
        return waiting.size();
    }

    private synchronized CompletableFuture<@Nullable V> enqueue(K key) {
        if (waiting.size() >= MOST_WAITING) {
            throw new RejectedExecutionException("Too many wait for the database");
        }
        var mine = waiting.computeIfAbsent(key, _ -> new CompletableFuture<>());
        if (!asking) {
            asking = true;
            Thread.startVirtualThread(this::ask);
        }
        return mine;
    }

    private void ask() {
        for (var batch = next(); !batch.isEmpty(); batch = next()) {
            try {
                var found = question.apply(batch.keySet());
                batch.forEach((key, answer) -> answer.complete(found.get(key)));
            } catch (RuntimeException | Error e) {
                batch.values().forEach(answer -> answer.completeExceptionally(e));
            }
        }
    }

    private synchronized Map<K, CompletableFuture<@Nullable V>> next() {
        Map<K, CompletableFuture<@Nullable V>> batch = new LinkedHashMap<>();
        List<K> keys = new ArrayList<>(waiting.keySet());
        for (var key : keys.subList(0, Math.min(MOST_AT_ONCE, keys.size()))) {
            batch.put(key, waiting.remove(key));
        }
        asking = !batch.isEmpty();
        return batch;
    }
}
