package com.misybot.tenancy.tenant.web;

import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.Registration;
import com.misybot.tenancy.tenant.TenantSettings;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A tenant to be, on the wire. */
@Schema(name = "RegisterTenant")
record RegisterTenantRequest(
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

        @Schema(description = "Whether the answer carries a first secret.", defaultValue = "true") @Nullable
        Boolean issueSecret) {

    private static final TenantId NOBODY = new TenantId("nobody");

    boolean wantsSecret() {
        return !Boolean.FALSE.equals(issueSecret);
    }

    Registration toRegistration(TenantSettings rules) {
        var fields = new Fields();
        var registration = new Registration(
                fields.required("/tenantId", tenantId, TenantId::new, NOBODY),
                fields.value("/siteId", siteId, SiteId::new),
                new ReplaceTenantRequest(
                                externalId,
                                business,
                                plan,
                                region,
                                allowedOrigins,
                                permissions,
                                labels,
                                settings,
                                activeUntil)
                        .toProfile(fields, rules));
        fields.requireGood();
        return registration;
    }
}
