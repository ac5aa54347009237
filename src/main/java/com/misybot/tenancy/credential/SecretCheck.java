package com.misybot.tenancy.credential;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import com.misybot.tenancy.kernel.BriefCache;
import com.misybot.tenancy.kernel.TenantMemory;
import com.misybot.tenancy.keyring.TenantKeyId;
import com.misybot.tenancy.keyring.Token;
import com.misybot.tenancy.keyring.TokenMemory;
import java.util.Optional;
import java.util.UUID;

/**
 * Tells whether a text is a secret of an active tenant. What was found out is remembered in this process for at most a second
 * from the beginning of its look-up, so that a revocation, a rotation or a suspension is felt that soon; nobody may remember it any
 * longer; sooner where it is heard of. It is never kept in a shared store. Without PostgreSQL it raises what the database raised.
 */
public class SecretCheck implements TenantMemory {

    /** About 25,000 secrets of tenants with few labels. */
    private static final long BYTES = 16L * 1024 * 1024;

    private static final int BASE_WEIGHT = 384;

    /** Tenants that have changed a moment ago; of more, some are felt a second later. */
    private static final long CHANGED = 100_000;

    private final SecretLookup lookup;
    private final TokenMemory<VerifiedSecret> remembered;
    private final Ticker ticker;
    private final Cache<UUID, Long> changed;

    SecretCheck(SecretLookup lookup, Ticker ticker) {
        this.lookup = lookup;
        this.remembered = new TokenMemory<>(BYTES, SecretCheck::weight, ticker);
        this.ticker = ticker;
        this.changed = Caffeine.newBuilder()
                .maximumSize(CHANGED)
                .expireAfterWrite(BriefCache.KEPT.multipliedBy(2))
                .ticker(ticker)
                .build();
    }

    @Override
    public void forget(UUID tenant) {
        changed.put(tenant, ticker.read());
    }

    /** The secret that a text is; empty where it is refused, whatever for. A wrong form or checksum is refused without a look-up. */
    public Optional<VerifiedSecret> check(String text) {
        return Token.parse(text).flatMap(this::check);
    }

    /** The secret that a token is; empty where it is refused, whatever for. */
    public Optional<VerifiedSecret> check(Token token) {
        return token.kind() == Token.Kind.TENANT
                ? TenantKeyId.parse(token.keyId())
                        .flatMap(key -> remembered.of(
                                token.secret().value(),
                                changed.getIfPresent(key.tenant()),
                                () -> lookup.look(token, key)))
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
