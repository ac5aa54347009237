package com.misybot.tenancy.onboarding;

import com.misybot.tenancy.tenant.profile.PlanId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A code that an operator hands out, good for one application.
 *
 * @param id names it
 * @param note what the operator wants to remember
 * @param plan what whoever applies with it gets
 * @param approved whether the application is approved beforehand
 * @param expiresAt from when on it is refused
 * @param usedAt when somebody applied with it
 * @param usedBy the application
 * @param revokedAt since when it is refused
 * @param revokedBy by whom
 * @param version raised by every change
 * @param createdAt when
 * @param createdBy by whom
 */
public record Invitation(
        UUID id,
        @Nullable String note,
        @Nullable PlanId plan,
        boolean approved,
        Instant expiresAt,
        @Nullable Instant usedAt,
        @Nullable UUID usedBy,
        @Nullable Instant revokedAt,
        @Nullable String revokedBy,
        long version,
        Instant createdAt,
        String createdBy) {

    /** Whether it is accepted. */
    public enum Status {
        OPEN,
        USED,
        EXPIRED,
        REVOKED
    }

    /** What it is at an instant. */
    public Status status(Instant now) {
        if (revokedAt != null) {
            return Status.REVOKED;
        }
        if (usedAt != null) {
            return Status.USED;
        }
        return expiresAt.isAfter(now) ? Status.OPEN : Status.EXPIRED;
    }

    Invitation usedBy(UUID application, Instant now) {
        return new Invitation(
                id,
                note,
                plan,
                approved,
                expiresAt,
                now,
                application,
                revokedAt,
                revokedBy,
                version,
                createdAt,
                createdBy);
    }

    /** The application has come to nothing: somebody may use it again. */
    Invitation unused() {
        return new Invitation(
                id, note, plan, approved, expiresAt, null, null, revokedAt, revokedBy, version, createdAt, createdBy);
    }

    Invitation revoked(String by, Instant now) {
        return new Invitation(
                id, note, plan, approved, expiresAt, usedAt, usedBy, now, by, version, createdAt, createdBy);
    }
}
