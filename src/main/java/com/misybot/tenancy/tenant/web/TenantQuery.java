package com.misybot.tenancy.tenant.web;

import com.misybot.tenancy.kernel.HostName;
import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.tenant.TenantStatus;
import com.misybot.tenancy.tenant.find.TenantFilter;
import com.misybot.tenancy.tenant.profile.CountryCode;
import com.misybot.tenancy.tenant.profile.ExternalId;
import com.misybot.tenancy.tenant.profile.Labels;
import com.misybot.tenancy.tenant.profile.PlanId;
import com.misybot.tenancy.tenant.profile.Region;
import com.misybot.tenancy.web.FieldError;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The filters of a list of tenants, as a client writes them. */
record TenantQuery(
        @Parameter(
                description = "In any of these states; repeat the parameter for several.",
                array =
                        @ArraySchema(
                                maxItems = 8,
                                schema =
                                        @Schema(
                                                type = "string",
                                                allowableValues = {
                                                    "PENDING",
                                                    "PROVISIONING",
                                                    "PROVISIONING_FAILED",
                                                    "ACTIVE",
                                                    "SUSPENDED",
                                                    "DEACTIVATED",
                                                    "PENDING_DELETION",
                                                    "PURGING"
                                                })))
        @Nullable
        List<String> status,

        @Parameter(
                description = "With this plan.",
                schema = @Schema(type = "string", pattern = "^[a-z0-9-]{2,32}$", maxLength = 32))
        @Nullable
        String plan,

        @Parameter(
                description = "In this region.",
                schema = @Schema(type = "string", pattern = "^[a-z0-9-]{2,32}$", maxLength = 32))
        @Nullable
        String region,

        @Parameter(
                description = "In this country, ISO 3166-1 alpha-2.",
                schema = @Schema(type = "string", pattern = "^[A-Za-z]{2}$", maxLength = 2))
        @Nullable
        String country,

        @Parameter(
                description =
                        "With this label, key:value or key=value; repeat the parameter for several, which all hold.",
                array =
                        @ArraySchema(
                                maxItems = MAX_LABELS,
                                schema =
                                        @Schema(
                                                type = "string",
                                                pattern = "^[a-z0-9][a-z0-9_./-]{0,62}[:=][\\s\\S]{0,256}$",
                                                maxLength = 320)))
        @Nullable
        List<String> label,

        @Parameter(description = "Registered at this instant or later.") @Nullable
        Instant createdFrom,

        @Parameter(description = "Registered before this instant.") @Nullable
        Instant createdTo,

        @Parameter(description = "Last changed at this instant or later.") @Nullable
        Instant updatedFrom,

        @Parameter(description = "Last changed before this instant.") @Nullable
        Instant updatedTo,

        @Parameter(
                description = "With this siteId.",
                schema = @Schema(type = "string", pattern = SiteId.PATTERN, maxLength = 64))
        @Nullable
        String siteId,

        @Parameter(
                description = "With this host among those of its allowed origins (without the *. of one).",
                schema = @Schema(type = "string", pattern = "^[\\s\\S]*$", maxLength = 1012))
        @Nullable
        String domain,

        @Parameter(
                description = "With this externalId, in any spelling that counts as the same.",
                schema = @Schema(type = "string", pattern = "^[\\s\\S]*$", maxLength = 128))
        @Nullable
        String externalId) {

    private static final int MAX_LABELS = 10;

    /** A purged tenant is never listed. */
    private static final Set<TenantStatus> LISTED = EnumSet.complementOf(EnumSet.of(TenantStatus.PURGED));

    TenantFilter toFilter() {
        var fields = Fields.ofQuery();
        var filter = toFilter(fields);
        fields.requireGood();
        return filter;
    }

    /** Leaves what is wrong to {@code fields}. */
    TenantFilter toFilter(Fields fields) {
        return new TenantFilter(
                statuses(fields),
                fields.value("/plan", plan, PlanId::new),
                fields.value("/region", region, Region::new),
                fields.value("/country", country, CountryCode::new),
                labels(fields),
                new TenantFilter.Range(createdFrom, createdTo),
                new TenantFilter.Range(updatedFrom, updatedTo),
                fields.value("/siteId", siteId, SiteId::new),
                fields.value("/domain", domain, HostName::new),
                fields.value("/externalId", externalId, ExternalId::new));
    }

    private Set<TenantStatus> statuses(Fields fields) {
        var statuses = EnumSet.noneOf(TenantStatus.class);
        for (var name : status == null ? List.<String>of() : status) {
            var known = Arrays.stream(TenantStatus.values())
                    .filter(LISTED::contains)
                    .filter(value -> value.name().equals(name))
                    .findFirst();
            known.ifPresentOrElse(
                    statuses::add,
                    () -> fields.refuse(
                            "/status",
                            FieldError.ENUM,
                            "Give one of " + LISTED.stream().map(Enum::name).collect(Collectors.joining(", "))
                                    + ", and repeat the parameter for several."));
        }
        return statuses;
    }

    private List<TenantFilter.Label> labels(Fields fields) {
        var labels = label == null ? List.<String>of() : label;
        if (labels.size() > MAX_LABELS) {
            fields.refuse("/label", FieldError.LENGTH, "Give at most " + MAX_LABELS + " labels.");
            return List.of();
        }
        return labels.stream()
                .map(text -> fields.value("/label", text, TenantQuery::label))
                .filter(java.util.Objects::nonNull)
                .toList();
    }

    private static TenantFilter.Label label(String text) {
        var colon = text.indexOf(':');
        var equals = text.indexOf('=');
        var end = colon < 0 || (equals >= 0 && equals < colon) ? equals : colon;
        if (end < 0) {
            throw new InvalidValue(FieldError.FORMAT, "Write a label as key:value or key=value.");
        }
        var pair = new Labels(Map.of(text.substring(0, end), text.substring(end + 1)))
                .pairs()
                .entrySet()
                .iterator()
                .next();
        return new TenantFilter.Label(pair.getKey(), pair.getValue());
    }
}
