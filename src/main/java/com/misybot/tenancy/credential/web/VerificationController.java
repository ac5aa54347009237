package com.misybot.tenancy.credential.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.credential.SecretCheck;
import com.misybot.tenancy.credential.VerifiedSecret;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.LogContext;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.RestPaths;
import com.misybot.tenancy.web.TenantRates;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells a platform service whose secret it was shown. */
@RestController
@RequestMapping(
        path = VerificationController.PATH,
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Secrets")
class VerificationController {

    static final String PATH = RestPaths.API + "/secrets/verify";

    private final SecretCheck check;
    private final TenantRates rates;

    VerificationController(SecretCheck check, TenantRates rates) {
        this.check = check;
        this.rates = rates;
    }

    /** What somebody showed. */
    @Schema(name = "VerifySecret")
    record Shown(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    description = "The text that may be a secret.",
                    example = "misy_ten_04wvnQ0pZ5uoNUkxYFT1oG0Az9Zz5q_0123456789abcdefghijklmnopq_000000")
            @Nullable
            String secret) {

        @Override
        public String toString() {
            return "Shown[withheld]";
        }
    }

    /** Whether it is one, and whose. */
    @Schema(
            name = "SecretVerification",
            requiredProperties = "valid",
            example = "{\"valid\":true,\"tenantId\":\"acme-dental\",\"secretId\":\"0Az9Zz5q\"}")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Verification(
            boolean valid,
            @Nullable @Schema(maxLength = 63) String tenantId,
            @Nullable @Schema(maxLength = 8) String secretId,

            @Nullable @Schema(description = "From when on it is refused; absent where never.")
            Instant expiresAt) {

        private static final Verification NOT_VALID = new Verification(false, null, null, null);

        static Verification of(VerifiedSecret secret) {
            return new Verification(true, secret.tenantId().value(), secret.secretId(), secret.expiresAt());
        }
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(scope = "secrets:verify")
    @Operation(
            operationId = "verifySecret",
            summary = "Tell whose secret this is",
            description =
                    "Answers valid:false and nothing else for whatever is no secret of an active tenant within reach: unknown,"
                            + " wrong, revoked and expired read alike. What it answers is a second old at most.")
    Verification verify(@RequestBody Shown body, Caller caller) {
        if (body.secret() == null) {
            throw ProblemException.invalid("/secret", FieldError.REQUIRED, "This field is required.");
        }
        return check.check(body.secret())
                .filter(secret -> secret.isWithin(caller.reach()))
                .map(this::counted)
                .orElse(Verification.NOT_VALID);
    }

    private Verification counted(VerifiedSecret secret) {
        LogContext.tenant(secret.tenantId());
        rates.requireVerification(secret.tenant(), secret.verificationsPerSecond());
        return Verification.of(secret);
    }
}
