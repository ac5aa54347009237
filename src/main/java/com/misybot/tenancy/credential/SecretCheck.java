package com.misybot.tenancy.credential;

import com.github.benmanes.caffeine.cache.Ticker;
import com.misybot.tenancy.keyring.TenantKeyId;
import com.misybot.tenancy.keyring.Token;
import com.misybot.tenancy.keyring.TokenMemory;
import java.util.Optional;

/**
 * Tells whether a text is a secret of an active tenant. What was found out is remembered in this process for at most a second
 * from the beginning of its look-up, so that a revocation, a rotation or a suspension is felt that soon; nobody may remember it any
 * longer. It is never kept in a shared store. Without PostgreSQL it raises what the database raised.
 */
public class SecretCheck {

    /** About 25,000 secrets of tenants with few labels. */
    private static final long BYTES = 16L * 1024 * 1024;

    private static final int BASE_WEIGHT = 384;

    private final SecretLookup lookup;
    private final TokenMemory<VerifiedSecret> remembered;

    SecretCheck(SecretLookup lookup, Ticker ticker) {
        this.lookup = lookup;
        this.remembered = new TokenMemory<>(BYTES, SecretCheck::weight, ticker);
    }

    /** The secret that a text is; empty where it is refused, whatever for. A wrong form or checksum is refused without a look-up. */
    public Optional<VerifiedSecret> check(String text) {
        return Token.parse(text).flatMap(this::check);
    }

    /** The secret that a token is; empty where it is refused, whatever for. */
    public Optional<VerifiedSecret> check(Token token) {
        return token.kind() == Token.Kind.TENANT
                ? TenantKeyId.parse(token.keyId())
                        .flatMap(key -> remembered.of(token.secret().value(), () -> lookup.look(token, key)))
                : Optional.empty();
    }

    private static int weight(VerifiedSecret secret) {
        var labels = secret.labels().entrySet().stream()
                .mapToInt(label ->
                        128 + label.getKey().length() + label.getValue().length())
                .sum();
        return BASE_WEIGHT + labels + 96 * secret.planScopes().size();
    }
}
