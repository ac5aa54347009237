package com.misybot.tenancy.tenant.web;

import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.tenant.find.TenantFilter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The filters of the list of tenants, in a body. */
@Schema(name = "TenantFilter", description = "The filters of the list of tenants; every one given must hold.")
record BulkFilter(
        @ArraySchema(
                maxItems = 8,
                arraySchema = @Schema(description = "In any of these states.", example = "[\"ACTIVE\"]"),
                schema = @Schema(pattern = "^[A-Z_]+$", maxLength = 32))
        @Nullable
        List<String> status,

        @Schema(pattern = "^[a-z0-9-]{2,32}$", maxLength = 32, example = "trial") @Nullable
        String plan,

        @Schema(pattern = "^[a-z0-9-]{2,32}$", maxLength = 32, example = "eu-central") @Nullable
        String region,

        @Schema(description = "ISO 3166-1 alpha-2.", pattern = "^[A-Za-z]{2}$", maxLength = 2, example = "DE") @Nullable
        String country,

        @ArraySchema(
                maxItems = 10,
                arraySchema =
                        @Schema(description = "key:value or key=value; all of them hold.", example = "[\"tier:gold\"]"),
                schema = @Schema(pattern = "^[a-z0-9][a-z0-9_./-]{0,62}[:=][\\s\\S]{0,256}$", maxLength = 320))
        @Nullable
        List<String> label,

        @Schema(description = "Registered at this instant or later.", maxLength = 30) @Nullable
        Instant createdFrom,

        @Schema(description = "Registered before this instant.", maxLength = 30) @Nullable
        Instant createdTo,

        @Schema(description = "Last changed at this instant or later.", maxLength = 30) @Nullable
        Instant updatedFrom,

        @Schema(description = "Last changed before this instant.", maxLength = 30) @Nullable
        Instant updatedTo,

        @Schema(pattern = SiteId.PATTERN, maxLength = 64, example = "site_Hg8yLeu1nv4Stk0suZEL") @Nullable
        String siteId,

        @Schema(
                description = "With this host among those of its allowed origins.",
                maxLength = 1012,
                example = "www.acme-dental.example")
        @Nullable
        String domain,

        @Schema(maxLength = 128, example = "crm-4711") @Nullable
        String externalId) {

    private TenantQuery query() {
        return new TenantQuery(
                status,
                plan,
                region,
                country,
                label,
                createdFrom,
                createdTo,
                updatedFrom,
                updatedTo,
                siteId,
                domain,
                externalId);
    }

    /** What it filters by; reports what is wrong under {@code /filter}. */
    TenantFilter toFilter() {
        var fields = Fields.under("/filter");
        var filter = query().toFilter(fields);
        fields.requireGood();
        return filter;
    }
}
