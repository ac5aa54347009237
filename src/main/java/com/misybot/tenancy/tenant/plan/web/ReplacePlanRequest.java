package com.misybot.tenancy.tenant.plan.web;

import com.misybot.tenancy.tenant.TemplateRules;
import com.misybot.tenancy.tenant.plan.Plan;
import com.misybot.tenancy.tenant.plan.SecretScope;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that a client may change of a plan; lists that are left out become empty. */
@Schema(name = "ReplacePlan")
record ReplacePlanRequest(
        @NotBlank @Size(max = 200) @Schema(description = "For people.", example = "Gold")
        String name,

        @NotNull @Valid @Schema(description = "What its tenants may use.")
        LimitsBody limits,

        @Nullable
        @Size(max = 64)
        @Schema(
                description = "Permissions of the configured catalogue that its tenants have beside their own.",
                example = "[\"analytics.read\"]")
        List<@NotNull @Pattern(regexp = "^[a-z][a-z0-9_.:-]{0,63}$") @Size(max = 64) String> permissions,

        @Nullable
        @Size(max = 6)
        @Schema(
                description = "Scopes that the secrets of its tenants have beside the usual ones.",
                example = "[\"events:read\"]")
        List<@NotNull SecretScope> secretScopes,

        @Nullable @Valid @Schema(description = "What is set up for new tenants, and for those that move to the plan.")
        TemplateBody template) {

    Plan.Terms toTerms(TemplateRules rules) {
        var most = limits.toLimits();
        return new Plan.Terms(
                name,
                most,
                permissions == null ? List.of() : permissions,
                secretScopes == null ? List.of() : secretScopes,
                TemplateBody.toTemplate(template, most.collections(), rules));
    }
}
