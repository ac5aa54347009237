package com.misybot.tenancy.onboarding.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.kernel.Origin;
import com.misybot.tenancy.onboarding.Application;
import com.misybot.tenancy.onboarding.ApplicationState;
import com.misybot.tenancy.onboarding.Contact;
import com.misybot.tenancy.onboarding.MailKind;
import com.misybot.tenancy.onboarding.Review;
import com.misybot.tenancy.onboarding.proof.Verdict;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An application as operators see it. Who it was is told where one application is read, and nowhere else. */
@Schema(name = "OnboardingApplication")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ApplicationResponse(
        UUID id,
        ApplicationState state,
        Instant stateSince,

        @Schema(description = "Why it is in that state; where the registry refused it, its code first.") @Nullable
        String reason,

        @Schema(example = "Acme Dental Studio") String organisation,

        @Schema(description = "The slug it asked for.", example = "acme-dental") @Nullable
        String tenantIdWanted,

        @Schema(description = "The slug it has, or was approved for.", example = "acme-dental") @Nullable
        String tenantId,

        @Schema(description = "The tenant it has become.") @Nullable
        UUID tenant,

        @Schema(description = "The first one is proven.", example = "[\"https://www.acme-dental.example\"]")
        List<String> origins,

        @Nullable @Schema(example = "standard") String plan,

        @Schema(description = "The invitation it came with.") @Nullable
        UUID invitation,

        StatusResponse.ChallengeBody challenge,
        StatusResponse.@Nullable CheckBody lastCheck,
        @Nullable Instant nextCheckAt,
        Verdict.@Nullable Method proof,
        @Nullable Instant provenAt,

        @Schema(description = "Who has approved or rejected it.", example = "operator:ops-anna") @Nullable
        String decidedBy,

        @Nullable ContactBody contact,
        @Nullable MailBody mail,
        Instant createdAt,
        Instant expiresAt,

        @Schema(description = "Raised by every change, and by every look for the proof.")
        long version) {

    /** Who applied. */
    @Schema(name = "OnboardingContact")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ContactBody(
            @Schema(example = "anna@acme-dental.example") String email,
            @Nullable @Schema(example = "Anna Schmidt") String name) {

        static @Nullable ContactBody from(@Nullable Contact contact) {
            if (contact == null) {
                return null;
            }
            var name = contact.name();
            return new ContactBody(contact.email().value(), name == null ? null : name.value());
        }

        @Override
        public String toString() {
            return "ContactBody[personal]";
        }
    }

    /** The last mail to them. */
    @Schema(name = "OnboardingMail")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MailBody(
            MailKind kind,

            @Schema(
                    description = "What became of it.",
                    allowableValues = {"WAITING", "SENT", "SHOWN", "REFUSED", "OBSOLETE"})
            String outcome,

            Instant dueAt,

            @Schema(
                    description =
                            "The link it would have; only where no mail server is configured, until it is used. Hand it to"
                                    + " nobody but who applied.")
            @Nullable
            String link) {

        static @Nullable MailBody from(Review.@Nullable LastMail mail) {
            return mail == null ? null : new MailBody(mail.kind(), mail.outcome(), mail.dueAt(), mail.link());
        }

        @Override
        public String toString() {
            return "MailBody[withheld]";
        }
    }

    static ApplicationResponse from(Application application) {
        return from(new Review.Reviewed(application, null, null));
    }

    static ApplicationResponse from(Review.Reviewed reviewed) {
        var application = reviewed.application();
        var wish = application.wish();
        var proof = application.proof();
        return new ApplicationResponse(
                application.id(),
                application.state(),
                application.since(),
                application.reason(),
                wish.organisation(),
                wish.tenantId() == null ? null : wish.tenantId().value(),
                application.tenantId() == null ? null : application.tenantId().value(),
                application.tenant(),
                wish.origins().stream().map(Origin::toString).toList(),
                wish.plan() == null ? null : wish.plan().value(),
                application.invitation(),
                StatusResponse.ChallengeBody.from(wish.proven(), proof),
                StatusResponse.CheckBody.from(proof),
                proof.checkAt(),
                proof.method(),
                proof.provenAt(),
                application.decidedBy(),
                ContactBody.from(reviewed.contact()),
                MailBody.from(reviewed.mail()),
                application.createdAt(),
                application.expiresAt(),
                application.version());
    }
}
