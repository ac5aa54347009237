package com.misybot.tenancy.security;

import com.github.benmanes.caffeine.cache.Ticker;
import com.misybot.tenancy.keyring.Token;
import com.misybot.tenancy.keyring.TokenMemory;
import com.misybot.tenancy.security.access.Accepted;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Knows who sends a bearer token. Keys and tokens of the issuer are remembered here; secrets of tenants are where they are
 * checked, and not a second time, since what is remembered of something remembered is too old.
 */
final class Callers {

    private static final long BYTES = 16L * 1024 * 1024;

    /** Bytes that a caller takes, about: 512, and 64 for each tenant, label or network it is limited to. */
    private static final int BASE_WEIGHT = 512;

    private static final int LIMIT_WEIGHT = 64;

    private final Function<Token, Optional<Accepted>> keys;
    private final Function<Token, Optional<Accepted>> secrets;
    private final Predicate<String> isJwt;
    private final Function<String, Optional<Accepted>> jwts;
    private final TokenMemory<CallerAuthentication> remembered;

    Callers(
            Function<Token, Optional<Accepted>> keys,
            Function<Token, Optional<Accepted>> secrets,
            Predicate<String> isJwt,
            Function<String, Optional<Accepted>> jwts,
            Ticker ticker) {
        this.keys = keys;
        this.secrets = secrets;
        this.isJwt = isJwt;
        this.jwts = jwts;
        this.remembered = new TokenMemory<>(BYTES, Callers::weight, ticker);
    }

    /** The caller with this token; empty where the token is refused, whatever for. */
    Optional<CallerAuthentication> with(String token) {
        if (!token.startsWith(Token.PREFIX)) {
            return isJwt.test(token) ? remembered(token, () -> jwts.apply(token)) : Optional.empty();
        }
        return Token.parse(token).flatMap(parsed -> with(token, parsed));
    }

    private Optional<CallerAuthentication> with(String text, Token token) {
        return switch (token.kind()) {
            case OPERATOR, SERVICE -> remembered(text, () -> keys.apply(token));
            case TENANT -> secrets.apply(token).map(CallerAuthentication::of);
            case SESSION, INVITATION -> Optional.empty();
        };
    }

    private Optional<CallerAuthentication> remembered(String token, Supplier<Optional<Accepted>> check) {
        return remembered.of(
                token,
                () -> check.get()
                        .map(accepted ->
                                new TokenMemory.Found<>(CallerAuthentication.of(accepted), accepted.timeLeft()))
                        .orElseGet(TokenMemory.Found::nothing));
    }

    private static int weight(CallerAuthentication caller) {
        var reach = caller.caller().reach();
        var limits = reach.tenants().size()
                + reach.labels().size()
                + caller.authority().networks().size();
        return BASE_WEIGHT + LIMIT_WEIGHT * limits;
    }
}
