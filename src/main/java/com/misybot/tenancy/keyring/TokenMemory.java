package com.misybot.tenancy.keyring;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Ticker;
import com.misybot.tenancy.kernel.BriefCache;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about tokens, in this process alone: for at most a second, counted from before the look-up began, and no
 * longer than the token itself lasts; refusals as well. A token is looked up once however many ask for it at once. The
 * tokens are not kept, only their SHA-256.
 */
public final class TokenMemory<T> {

    /** Bytes that an entry takes beside what it holds. */
    private static final int ENTRY_WEIGHT = 256;

    /**
     * What a look-up found.
     *
     * @param value what the token stands for; null where it is refused
     * @param timeLeft how long that stays true at most, from when the look-up began; null for ever
     */
    public record Found<T>(@Nullable T value, @Nullable Duration timeLeft) {

        /** A token that is refused. */
        public static <T> Found<T> nothing() {
            return new Found<>(null, null);
        }
    }

    private record Digest(long a, long b, long c, long d) {}

    private final BriefCache<Digest, Found<T>> entries;

    /**
     * An empty one.
     *
     * @param bytes about how much it may take; the least used is forgotten beyond that
     * @param weight about how many bytes a value takes
     * @param ticker what the second is counted by
     */
    public TokenMemory(long bytes, ToIntFunction<? super T> weight, Ticker ticker) {
        this.entries = new BriefCache<>(
                bytes,
                (_, found) ->
                        ENTRY_WEIGHT + (found == null || found.value() == null ? 0 : weight.applyAsInt(found.value())),
                Found::timeLeft,
                ticker);
    }

    /** What the token stands for, by {@code look} where that is not known; empty where it is refused. */
    public Optional<T> of(String token, Supplier<Found<T>> look) {
        return value(entries.get(digest(token), _ -> look.get()));
    }

    /**
     * What the token stands for; what was looked up from {@code since}, a reading of the ticker, or earlier on does not count. Null where
     * everything counts.
     */
    public Optional<T> of(String token, @Nullable Long since, Supplier<Found<T>> look) {
        return since == null ? of(token, look) : value(entries.get(digest(token), since, _ -> look.get()));
    }

    private static <T> Optional<T> value(@Nullable Found<T> found) {
        return found == null ? Optional.empty() : Optional.ofNullable(found.value());
    }

    private static Digest digest(String token) {
        try {
            var sum = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
            return new Digest(sum.getLong(), sum.getLong(), sum.getLong(), sum.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
