package com.misybot.tenancy.onboarding.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.kernel.Origin;
import com.misybot.tenancy.onboarding.Application;
import com.misybot.tenancy.onboarding.ApplicationState;
import com.misybot.tenancy.onboarding.Applications;
import com.misybot.tenancy.onboarding.Proof;
import com.misybot.tenancy.onboarding.proof.Challenge;
import com.misybot.tenancy.onboarding.proof.Miss;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an application stands, as its applicant sees it. */
@Schema(name = "ApplicationStatus")
@JsonInclude(JsonInclude.Include.NON_NULL)
record StatusResponse(
        ApplicationState state,

        @Schema(description = "Why it was rejected.") @Nullable
        String reason,

        @Schema(example = "Acme Dental Studio") String organisation,

        @Schema(description = "The slug it has or would like.", example = "acme-dental") @Nullable
        String tenantId,

        @Schema(example = "[\"https://www.acme-dental.example\"]")
        List<String> origins,

        @Schema(description = "Until when address and site have to be proven.")
        Instant expiresAt,

        @Nullable ChallengeBody challenge,
        @Nullable CheckBody lastCheck,

        @Schema(description = "When the proof is looked for again, unless it is asked for before.") @Nullable
        Instant nextCheckAt,

        @Schema(
                type = "string",
                description =
                        "What to follow the application with, instead of the token of the link, which is used up.",
                example = "misy_inv_…")
        @Nullable
        OneTimeSecret token) {

    /** What has to stand in one of the two places. */
    @Schema(name = "OriginChallenge")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ChallengeBody(
            @Schema(description = "A TXT record of this name.", example = "_misy-challenge.www.acme-dental.example")
            String dnsName,

            @Schema(
                    description = "Or a file here; not for an origin with a wildcard.",
                    example = "https://www.acme-dental.example/.well-known/misy-verification.txt")
            @Nullable
            String url,

            @Schema(description = "What either says.", example = "misy-verification=0Az9Zz5q2W7E0Az9Zz5q2W7E0Az")
            String content) {

        static ChallengeBody from(Origin origin, Proof proof) {
            var challenge = Challenge.of(origin, proof.challenge());
            return new ChallengeBody(
                    challenge.record(), origin.isWildcard() ? null : challenge.url(), challenge.content());
        }
    }

    /** What was missing when it was looked for last. */
    @Schema(name = "OnboardingCheck")
    record CheckBody(Instant at, Miss dns, Miss http) {

        static @Nullable CheckBody from(Proof proof) {
            return proof.checkedAt() == null || proof.dns() == null || proof.http() == null
                    ? null
                    : new CheckBody(proof.checkedAt(), proof.dns(), proof.http());
        }
    }

    static StatusResponse from(Applications.Followed followed) {
        return from(followed.application(), followed.token());
    }

    static StatusResponse from(Application application) {
        return from(application, null);
    }

    private static StatusResponse from(Application application, @Nullable OneTimeSecret token) {
        var wish = application.wish();
        var proof = application.proof();
        var open = application.state() == ApplicationState.EMAIL_VERIFIED;
        var name = application.tenantId() == null ? wish.tenantId() : application.tenantId();
        return new StatusResponse(
                application.state(),
                application.state() == ApplicationState.REJECTED ? application.reason() : null,
                wish.organisation(),
                name == null ? null : name.value(),
                wish.origins().stream().map(Origin::toString).toList(),
                application.expiresAt(),
                open ? ChallengeBody.from(wish.proven(), proof) : null,
                open ? CheckBody.from(proof) : null,
                open ? proof.checkAt() : null,
                token);
    }
}
