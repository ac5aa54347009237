package com.misybot.tenancy.credential;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.keyring.TenantKeyId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A secret of a tenant, without what makes it one. All instants are by the clock of the database.
 *
 * @param key whose it is, and its id within that tenant
 * @param version raised by every change, also by a recorded use
 * @param createdAt when
 * @param createdBy by whom
 * @param expiresAt from when on it is refused, if ever
 * @param revokedAt since when it is refused
 * @param revokedBy by whom
 * @param replaces the secret it was rotated from
 * @param replacedBy the secret it was rotated to
 * @param lastUsedAt in which minute it was last used
 */
public record TenantSecret(
        TenantKeyId key,
        long version,
        Instant createdAt,
        String createdBy,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable String revokedBy,
        @Nullable String replaces,
        @Nullable String replacedBy,
        @Nullable Instant lastUsedAt) {

    /** Whether it opens anything. */
    public enum Status {
        ACTIVE,
        EXPIRED,
        REVOKED
    }

    static TenantSecret fresh(
            TenantKeyId key, Actor by, Instant now, @Nullable Instant expiresAt, @Nullable String replaces) {
        return new TenantSecret(key, 1, now, by.toString(), expiresAt, null, null, replaces, null, null);
    }

    /** Its id within the tenant, 8 base-62 digits. */
    public String id() {
        return key.record();
    }

    /** What it is at an instant, where its tenant is active. */
    public Status status(Instant now) {
        if (revokedAt != null) {
            return Status.REVOKED;
        }
        return expiresAt != null && !expiresAt.isAfter(now) ? Status.EXPIRED : Status.ACTIVE;
    }

    /** This secret with a successor, accepted no longer than until {@code end}. */
    TenantSecret replacedBy(String successor, Instant end) {
        var expires = expiresAt == null || end.isBefore(expiresAt) ? end : expiresAt;
        return new TenantSecret(
                key, version, createdAt, createdBy, expires, revokedAt, revokedBy, replaces, successor, lastUsedAt);
    }

    /** This secret, ended at once. */
    TenantSecret revoked(Instant at, Actor by) {
        return new TenantSecret(
                key, version, createdAt, createdBy, expiresAt, at, by.toString(), replaces, replacedBy, lastUsedAt);
    }
}
