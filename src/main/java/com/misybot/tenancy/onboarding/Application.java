package com.misybot.tenancy.onboarding;

import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.onboarding.proof.Verdict;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The application of one business. It guards its own moves; whoever applied is kept elsewhere, sealed. All instants are by the clock
 * of the database.
 *
 * @param id a UUIDv7
 * @param wish what is applied for
 * @param invitation the invitation that was used
 * @param approvedBeforehand whether the invitation spares it the decision of an operator
 * @param state how far it has come
 * @param reason why it is in that state, where somebody said so
 * @param since when it is in that state
 * @param proof how the proof of its site stands
 * @param tenant what has become of it
 * @param tenantId the slug of that, or the one an operator has chosen
 * @param decidedBy who has approved or rejected it
 * @param welcomedAt when the mail with the link to the first secret was written
 * @param version raised by every change
 * @param createdAt when
 * @param expiresAt until when address and site have to be proven
 */
public record Application(
        UUID id,
        Wish wish,
        @Nullable UUID invitation,
        boolean approvedBeforehand,
        ApplicationState state,
        @Nullable String reason,
        Instant since,
        Proof proof,
        @Nullable UUID tenant,
        @Nullable TenantId tenantId,
        @Nullable String decidedBy,
        @Nullable Instant welcomedAt,
        long version,
        Instant createdAt,
        Instant expiresAt) {

    static Application submitted(
            UUID id, Wish wish, @Nullable Invitation invitation, String challenge, Instant now, Instant expiresAt) {
        return new Application(
                id,
                wish,
                invitation == null ? null : invitation.id(),
                invitation != null && invitation.approved(),
                ApplicationState.SUBMITTED,
                null,
                now,
                Proof.open(challenge),
                null,
                null,
                null,
                null,
                1,
                now,
                expiresAt);
    }

    /** The challenge is shown now; it is looked for when there may be something to find. */
    Application emailVerified(Instant now) {
        return moved(ApplicationState.EMAIL_VERIFIED, null, now).with(proof.waiting(now));
    }

    Application proven(Verdict.Method method, Instant now, Instant again) {
        return moved(ApplicationState.AWAITING_APPROVAL, null, now).with(proof.found(method, now, again));
    }

    /** Says yes; {@code chosen}, where it is given, is the slug instead of the one that was asked for. */
    Application approved(@Nullable TenantId chosen, String by, @Nullable String why, Instant now) {
        var moved = moved(ApplicationState.APPROVED, why, now);
        return moved.decided(tenant, chosen == null ? tenantId : chosen, by);
    }

    Application returned(String why, Instant now) {
        return moved(ApplicationState.AWAITING_APPROVAL, why, now).decided(null, null, null);
    }

    Application registered(UUID newTenant, TenantId name, Instant now) {
        return moved(ApplicationState.REGISTERED, reason, now).decided(newTenant, name, decidedBy);
    }

    Application completed(Instant now) {
        return moved(ApplicationState.COMPLETED, null, now);
    }

    Application rejected(String by, String why, Instant now) {
        var moved = moved(ApplicationState.REJECTED, why, now);
        return moved.decided(null, null, by).with(proof.over());
    }

    Application withdrawn(Instant now) {
        return moved(ApplicationState.WITHDRAWN, null, now).with(proof.over());
    }

    Application expired(Instant now) {
        return moved(ApplicationState.EXPIRED, null, now).with(proof.over());
    }

    /** The same with another proof. */
    Application with(Proof next) {
        return new Application(
                id,
                wish,
                invitation,
                approvedBeforehand,
                state,
                reason,
                since,
                next,
                tenant,
                tenantId,
                decidedBy,
                welcomedAt,
                version,
                createdAt,
                expiresAt);
    }

    Application welcomed(Instant now) {
        return new Application(
                id,
                wish,
                invitation,
                approvedBeforehand,
                state,
                reason,
                since,
                proof,
                tenant,
                tenantId,
                decidedBy,
                now,
                version,
                createdAt,
                expiresAt);
    }

    private Application moved(ApplicationState next, @Nullable String why, Instant now) {
        if (!state.allowed().contains(next)) {
            throw OnboardingProblem.illegal(id, state, next);
        }
        return new Application(
                id,
                wish,
                invitation,
                approvedBeforehand,
                next,
                why,
                now,
                proof,
                tenant,
                tenantId,
                decidedBy,
                welcomedAt,
                version,
                createdAt,
                expiresAt);
    }

    private Application decided(@Nullable UUID newTenant, @Nullable TenantId name, @Nullable String by) {
        return new Application(
                id,
                wish,
                invitation,
                approvedBeforehand,
                state,
                reason,
                since,
                proof,
                newTenant,
                name,
                by,
                welcomedAt,
                version,
                createdAt,
                expiresAt);
    }
}
