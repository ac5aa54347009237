package com.misybot.tenancy.tenant.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.Arrival;
import com.misybot.tenancy.tenant.LegacySecretHash;
import com.misybot.tenancy.tenant.TenantSettings;
import com.misybot.tenancy.tenant.TenantStatus;
import com.misybot.tenancy.web.Causes;
import com.misybot.tenancy.web.FieldError;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A line of an import: what registers a tenant, the state it comes in, and what it authenticates with. The further fields of a
 * line of an export are passed over, so that what was exported comes back unchanged.
 */
@Schema(
        name = "ImportTenant",
        description =
                "A line of an import. The read-only fields of an export (id, version, createdAt, …) may be there and are"
                        + " passed over.")
@JsonIgnoreProperties({
    "id",
    "statusSince",
    "statusUntil",
    "purgeAt",
    "purgeDue",
    "version",
    "createdAt",
    "createdBy",
    "updatedAt",
    "updatedBy"
})
record ImportTenantRequest(
        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                description = "The slug the tenant is addressed by, for good.",
                example = "acme-dental",
                pattern = TenantId.PATTERN,
                minLength = 2,
                maxLength = 63)
        @Nullable
        String tenantId,

        @Schema(
                description = "The public key the widget carries, for good; generated where left out.",
                example = "acme-web",
                pattern = SiteId.PATTERN,
                minLength = 4,
                maxLength = 64)
        @Nullable
        String siteId,

        @Schema(description = "What an older system calls the tenant.", example = "crm-4711", maxLength = 128) @Nullable
        String externalId,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        BusinessBody business,

        @Schema(
                description = "What the tenant gets.",
                example = "standard",
                defaultValue = "standard",
                pattern = "^[a-z0-9-]{2,32}$",
                maxLength = 32)
        @Nullable
        String plan,

        @Schema(
                description = "Where its data lives; by default the first configured region.",
                example = "eu-central",
                pattern = "^[a-z0-9-]{2,32}$",
                maxLength = 32)
        @Nullable
        String region,

        @ArraySchema(
                maxItems = 50,
                arraySchema = @Schema(description = "Origins whose pages may talk for the tenant."),
                schema = @Schema(example = "https://www.acme-dental.example", maxLength = 2048))
        @Nullable
        List<@Nullable String> allowedOrigins,

        @ArraySchema(
                maxItems = 64,
                arraySchema = @Schema(description = "Permissions of the configured catalogue."),
                schema = @Schema(example = "chat.reply", pattern = "^[a-z][a-z0-9_.:-]{0,63}$", maxLength = 64))
        @Nullable
        List<@Nullable String> permissions,

        @Schema(
                description = "The platform's own words about the tenant, at most 64 pairs.",
                example = "{\"tier\":\"gold\"}",
                maxProperties = 64)
        @Nullable
        Map<String, @Nullable String> labels,

        @Schema(types = "object", description = "Free JSON up to 16 KB.", maxProperties = 1000) @Nullable
        JsonNode settings,

        @Schema(
                description = "When the tenant is suspended by itself.",
                example = "2030-01-01T00:00:00Z",
                maxLength = 30)
        @Nullable
        Instant activeUntil,

        @Schema(
                description =
                        "The state of a new tenant: ACTIVE (the default), SUSPENDED or DEACTIVATED. For one that exists"
                                + " it must be the state it is in, or be left out.",
                example = "ACTIVE")
        @Nullable
        TenantStatus status,

        @Schema(
                description = "Why a new tenant is in that state; needed unless it is ACTIVE, here or in X-Reason.",
                example = "Contract ended",
                minLength = 1,
                maxLength = 500)
        @Nullable
        String statusReason,

        @Schema(
                description =
                        "What a new tenant authenticates with until it is issued a secret: accepted until its first use,"
                                + " at most 90 days. Passed over where the tenant exists.")
        @Nullable
        LegacySecretHashBody legacySecretHash) {

    Arrival toArrival(TenantSettings rules) {
        var registration = new RegisterTenantRequest(
                        tenantId,
                        siteId,
                        externalId,
                        business,
                        plan,
                        region,
                        allowedOrigins,
                        permissions,
                        labels,
                        settings,
                        activeUntil,
                        false)
                .toRegistration(rules);
        var fields = new Fields();
        if (statusReason != null && !isReason(statusReason)) {
            fields.refuse("/statusReason", FieldError.LENGTH, "Give 1 to 500 characters, not all of them blank.");
        }
        var secret = legacySecretHash == null ? null : legacySecretHash.toHash(fields);
        fields.requireGood();
        return new Arrival(registration, status, statusReason, secret);
    }

    private static boolean isReason(String text) {
        return !text.isBlank() && text.codePointCount(0, text.length()) <= Causes.MAX_LENGTH;
    }

    /** The hash of a secret that another system issued. It prints as nothing readable. */
    @Schema(name = "LegacySecretHash")
    record LegacySecretHashBody(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    description = "How the hash was made.",
                    allowableValues = {"bcrypt", "argon2id", "pbkdf2-sha256", "scrypt", "sha256", "sha512"},
                    example = "bcrypt")
            @Nullable
            String algorithm,

            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    description = "The hash with its parameters and salt, in the usual form of its algorithm.",
                    example = "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW",
                    maxLength = LegacySecretHash.MAX_LENGTH)
            @Nullable
            String hash) {

        private @Nullable LegacySecretHash toHash(Fields fields) {
            if (algorithm == null || hash == null) {
                var missing = algorithm == null ? "/legacySecretHash/algorithm" : "/legacySecretHash/hash";
                fields.refuse(missing, FieldError.REQUIRED, "This field is required.");
                return null;
            }
            var known = fields.value("/legacySecretHash/algorithm", algorithm, LegacySecretHash::algorithm);
            return known == null
                    ? null
                    : fields.value("/legacySecretHash/hash", hash, text -> new LegacySecretHash(known, text));
        }

        @Override
        public String toString() {
            return "LegacySecretHashBody[" + algorithm + ", withheld]";
        }
    }
}
