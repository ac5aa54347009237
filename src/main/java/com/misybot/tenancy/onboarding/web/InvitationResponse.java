package com.misybot.tenancy.onboarding.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.onboarding.Invitation;
import com.misybot.tenancy.web.ETags;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An invitation as the API shows it. */
@Schema(name = "Invitation")
@JsonInclude(JsonInclude.Include.NON_NULL)
record InvitationResponse(
        UUID id,
        Invitation.Status status,
        @Nullable @Schema(example = "For the fair in March") String note,

        @Nullable @Schema(description = "What whoever applies with it gets.", example = "standard")
        String plan,

        @Schema(description = "Whether no operator has to decide any more.")
        boolean approved,

        Instant expiresAt,
        @Nullable Instant usedAt,

        @Nullable @Schema(description = "The application that has used it.")
        UUID usedBy,

        @Nullable Instant revokedAt,
        @Nullable String revokedBy,
        Instant createdAt,
        @Schema(example = "operator:ops-anna") String createdBy,
        long version,

        @Nullable @Schema(type = "string", description = "The code itself. Shown this once.", example = "misy_inv_…")
        OneTimeSecret code) {

    /** The version, and whether it has expired: that comes with time alone. */
    String tag() {
        return ETags.of(version, status == Invitation.Status.EXPIRED ? "expired" : null);
    }

    static InvitationResponse from(Invitation invitation, Instant now) {
        return from(invitation, now, null);
    }

    static InvitationResponse from(Invitation invitation, Instant now, @Nullable OneTimeSecret code) {
        var plan = invitation.plan();
        return new InvitationResponse(
                invitation.id(),
                invitation.status(now),
                invitation.note(),
                plan == null ? null : plan.value(),
                invitation.approved(),
                invitation.expiresAt(),
                invitation.usedAt(),
                invitation.usedBy(),
                invitation.revokedAt(),
                invitation.revokedBy(),
                invitation.createdAt(),
                invitation.createdBy(),
                invitation.version(),
                code);
    }
}
