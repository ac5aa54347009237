package com.misybot.tenancy.credential.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.credential.TenantSecret;
import com.misybot.tenancy.credential.TenantSecrets;
import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.keyring.Token;
import com.misybot.tenancy.web.ETags;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A secret of a tenant as the API shows it. */
@Schema(
        name = "Secret",
        requiredProperties = {"secretId", "prefix", "status", "createdAt", "createdBy", "version"})
@JsonInclude(JsonInclude.Include.NON_NULL)
record SecretResponse(
        @Schema(description = "Names the secret within its tenant.", example = "0Az9Zz5q", maxLength = 8)
        String secretId,

        @Schema(
                description = "How the secret begins; opens nothing.",
                example = "misy_ten_04wvnQ0pZ5uoNUkxYFT1oG0Az9Zz5q",
                maxLength = 40)
        String prefix,

        @Schema(description = "ACTIVE says that it is accepted as long as its tenant is active.")
        TenantSecret.Status status,

        Instant createdAt,

        @Schema(description = "Who made it.", example = "operator:ops-anna", maxLength = 200)
        String createdBy,

        @Nullable @Schema(description = "From when on it is refused.")
        Instant expiresAt,

        @Nullable Instant revokedAt,
        @Nullable @Schema(maxLength = 200) String revokedBy,

        @Nullable @Schema(description = "The secret it followed.", maxLength = 8)
        String replaces,

        @Nullable @Schema(description = "The secret that followed it.", maxLength = 8)
        String replacedBy,

        @Nullable @Schema(description = "The minute in which it was last used, a minute late at most.")
        Instant lastUsedAt,

        @Schema(description = "Raised by every change, and by every recorded use.")
        long version,

        @Nullable
        @Schema(
                types = {"string", "null"},
                description =
                        "The secret itself. Shown this once; null where the request is repeated under its Idempotency-Key.",
                maxLength = 80)
        OneTimeSecret secret,

        @Nullable @Schema(description = "That a secret was issued and is not shown again.")
        Boolean secretWithheld) {

    /** The version, and whether it has expired: that comes with time alone. */
    String tag() {
        return ETags.of(version, status == TenantSecret.Status.EXPIRED ? "expired" : null);
    }

    static SecretResponse from(TenantSecret secret, Instant now) {
        return from(secret, now, null);
    }

    static SecretResponse from(TenantSecrets.Issued issued, Instant now) {
        return from(issued.secret(), now, issued.token());
    }

    private static SecretResponse from(TenantSecret secret, Instant now, @Nullable OneTimeSecret token) {
        return new SecretResponse(
                secret.id(),
                Token.beginning(Token.Kind.TENANT, secret.key().text()),
                secret.status(now),
                secret.createdAt(),
                secret.createdBy(),
                secret.expiresAt(),
                secret.revokedAt(),
                secret.revokedBy(),
                secret.replaces(),
                secret.replacedBy(),
                secret.lastUsedAt(),
                secret.version(),
                token,
                null);
    }
}
