package com.misybot.tenancy.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import com.misybot.tenancy.keyring.Token;
import com.misybot.tenancy.security.access.Accepted;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows who sends a bearer token. What was found out is kept for at most a second, counted from before the look-up began, and
 * no longer than the credential itself lasts; refusals as well. The token is not kept, only its SHA-256.
 */
final class Callers {

    private static final Duration KEPT = Duration.ofSeconds(1);
    private static final int ENTRIES = 20_000;

    private record Digest(long a, long b, long c, long d) {}

    /** @param until reading of the ticker from when on this says nothing any more */
    private record Found(@Nullable CallerAuthentication caller, long until) {}

    private final Function<Token, Optional<Accepted>> keys;
    private final Predicate<String> isJwt;
    private final Function<String, Optional<Accepted>> jwts;
    private final Ticker ticker;
    private final AsyncCache<Digest, Found> found;

    Callers(
            Function<Token, Optional<Accepted>> keys,
            Predicate<String> isJwt,
            Function<String, Optional<Accepted>> jwts,
            Ticker ticker) {
        this.keys = keys;
        this.isJwt = isJwt;
        this.jwts = jwts;
        this.ticker = ticker;
        this.found = Caffeine.newBuilder()
                .maximumSize(ENTRIES)
                .ticker(ticker)
                .expireAfter(Expiry.<Digest, Found>creating(
                        (_, entry) -> Duration.ofNanos(Math.max(0, entry.until() - ticker.read()))))
                .buildAsync();
    }

    /** The caller with this token; empty where the token is refused, whatever for. */
    Optional<CallerAuthentication> with(String token) {
        if (!token.startsWith(Token.PREFIX)) {
            return isJwt.test(token) ? remembered(token, () -> jwts.apply(token)) : Optional.empty();
        }
        return Token.parse(token).flatMap(parsed -> remembered(token, () -> keys.apply(parsed)));
    }

    private Optional<CallerAuthentication> remembered(String token, Supplier<Optional<Accepted>> check) {
        var digest = digest(token);
        var mine = new CompletableFuture<Found>();
        var others = found.asMap().putIfAbsent(digest, mine);
        if (others == null) {
            look(mine, check);
        }
        return Optional.ofNullable(result(others == null ? mine : others).caller());
    }

    /** Whoever asks meanwhile gets the same answer, and the same failure: nobody waits for one look-up after the other. */
    private void look(CompletableFuture<Found> future, Supplier<Optional<Accepted>> check) {
        try {
            var began = ticker.read();
            var accepted = check.get();
            var left = accepted.map(Accepted::timeLeft).orElse(null);
            var kept = left != null && left.compareTo(KEPT) < 0 ? left : KEPT;
            future.complete(new Found(accepted.map(CallerAuthentication::of).orElse(null), began + kept.toNanos()));
        } catch (RuntimeException | Error e) {
            // the cache forgets it
            future.completeExceptionally(e);
        }
    }

    private static Found result(CompletableFuture<Found> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
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
