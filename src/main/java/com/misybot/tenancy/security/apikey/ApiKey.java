package com.misybot.tenancy.security.apikey;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.keyring.Token;
import com.misybot.tenancy.security.access.Authority;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key of an operator or of a platform service, without its secret.
 *
 * @param keyId names the key; a part of the token
 * @param principal who acts with it; stays the same through rotation and belongs to nobody else, ever
 * @param name for people
 * @param kind whose key it is
 * @param authority what it is trusted with
 * @param version raised by every change, also by a recorded use
 * @param createdAt when
 * @param createdBy by whom
 * @param expiresAt from when on it is refused, if ever
 * @param revokedAt since when it is refused
 * @param revokedBy by whom
 * @param replaces the key it was rotated from
 * @param replacedBy the key it was rotated to
 * @param lastUsedAt about when it was last used: written at most once a minute
 */
record ApiKey(
        String keyId,
        String principal,
        String name,
        Kind kind,
        Authority authority,
        long version,
        Instant createdAt,
        String createdBy,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable String revokedBy,
        @Nullable String replaces,
        @Nullable String replacedBy,
        @Nullable Instant lastUsedAt) {

    /** Whose key. */
    enum Kind {
        OPERATOR(Token.Kind.OPERATOR, Actor.Kind.OPERATOR),
        SERVICE(Token.Kind.SERVICE, Actor.Kind.SERVICE);

        private final Token.Kind token;
        private final Actor.Kind actor;

        Kind(Token.Kind token, Actor.Kind actor) {
            this.token = token;
            this.actor = actor;
        }

        Actor.Kind actor() {
            return actor;
        }

        Token.Kind token() {
            return token;
        }
    }

    /** Whether it opens anything. */
    enum Status {
        ACTIVE,
        EXPIRED,
        REVOKED
    }

    Status status(Instant now) {
        if (revokedAt != null) {
            return Status.REVOKED;
        }
        return expiresAt != null && !expiresAt.isAfter(now) ? Status.EXPIRED : Status.ACTIVE;
    }

    /** How long it was meant to live; null for ever. */
    @Nullable
    Duration lifetime() {
        return expiresAt == null ? null : Duration.between(createdAt, expiresAt);
    }

    /** This key with a successor, accepted no longer than until {@code end}. */
    ApiKey replacedBy(String successor, Instant end) {
        var expires = expiresAt == null || end.isBefore(expiresAt) ? end : expiresAt;
        return new ApiKey(
                keyId,
                principal,
                name,
                kind,
                authority,
                version,
                createdAt,
                createdBy,
                expires,
                revokedAt,
                revokedBy,
                replaces,
                successor,
                lastUsedAt);
    }

    /** This key, ended at once. */
    ApiKey revoked(Instant at, Actor by) {
        return new ApiKey(
                keyId,
                principal,
                name,
                kind,
                authority,
                version,
                createdAt,
                createdBy,
                expiresAt,
                at,
                by.toString(),
                replaces,
                replacedBy,
                lastUsedAt);
    }
}
