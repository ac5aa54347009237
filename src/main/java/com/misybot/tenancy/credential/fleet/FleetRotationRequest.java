package com.misybot.tenancy.credential.fleet;

import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.TenantSelection;
import com.misybot.tenancy.tenant.TenantStatus;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whose secrets are rotated, and how. */
@Schema(
        name = "RotateFleet",
        requiredProperties = {"filter", "recipient"})
record FleetRotationRequest(
        @Nullable Filter filter,
        @Nullable RecipientKey recipient,

        @Nullable
        @Schema(
                type = "string",
                description =
                        "How long the latest secret of each tenant is accepted still, `PT0S` to `P7D`. By default `PT1H`, and"
                                + " `PT0S` where the reason is `leaked`.",
                example = "P1D",
                maxLength = 40)
        Duration overlap,

        @Nullable @Schema(description = "When the new secrets end; never where it is left out.")
        Instant expiresAt,

        @Nullable @Schema(description = "Why, in the caller's words.", example = "yearly rotation", maxLength = 500)
        String reason,

        @Nullable @Schema(description = "The caller's reference.", example = "OPS-17", maxLength = 500)
        String ticket) {

    private static final int MOST_NAMES = 1_000;

    /** Which tenants: those that meet everything given. */
    @Schema(
            name = "FleetFilter",
            description = "Tenants that meet everything given; `{}` is every tenant within reach.")
    record Filter(
            @ArraySchema(
                    maxItems = MOST_NAMES,
                    arraySchema = @Schema(description = "Any of these. Those that do not exist have no result."),
                    schema = @Schema(pattern = TenantId.PATTERN, maxLength = 63, example = "acme-dental"))
            @Nullable
            List<String> tenantIds,

            @Schema(description = "All of these.", example = "{\"tier\":\"gold\"}", maxProperties = 64) @Nullable
            Map<String, String> labels,

            @Schema(pattern = "^[a-z0-9-]{2,32}$", maxLength = 32, example = "standard") @Nullable
            String plan,

            @Schema(pattern = "^[a-z0-9-]{2,32}$", maxLength = 32, example = "eu-central") @Nullable
            String region,

            @ArraySchema(maxItems = 9, arraySchema = @Schema(description = "Any of these; every one by default."))
            @Nullable
            Set<TenantStatus> status) {

        private TenantSelection within(Reach reach) {
            var names = Objects.requireNonNullElse(tenantIds, List.<String>of());
            if (names.size() > MOST_NAMES || (tenantIds != null && names.isEmpty())) {
                throw ProblemException.invalid(
                        "/filter/tenantIds", FieldError.LENGTH, "Name 1 to 1,000 tenants, or leave this out.");
            }
            for (var i = 0; i < names.size(); i++) {
                requireName(names.get(i), i);
            }
            return new TenantSelection(
                    names,
                    Objects.requireNonNullElse(labels, Map.of()),
                    plan == null ? List.of() : List.of(plan),
                    region == null ? List.of() : List.of(region),
                    Objects.requireNonNullElse(status, Set.of()),
                    TenantSelection.ReachWords.of(reach));
        }

        private static void requireName(@Nullable String name, int index) {
            try {
                var _ = new TenantId(name == null ? "" : name);
            } catch (InvalidValue e) {
                throw ProblemException.invalid("/filter/tenantIds/" + index, e.code(), String.valueOf(e.getMessage()));
            }
        }
    }

    TenantSelection selection(Reach reach) {
        if (filter == null) {
            throw ProblemException.invalid(
                    "/filter", FieldError.REQUIRED, "Say which tenants; {} is every one within your reach.");
        }
        return filter.within(reach);
    }

    RecipientKey goodRecipient() {
        if (recipient == null) {
            throw ProblemException.invalid(
                    "/recipient", FieldError.REQUIRED, "Give the public key that the new secrets are encrypted to.");
        }
        recipient.requireGood();
        return recipient;
    }
}
