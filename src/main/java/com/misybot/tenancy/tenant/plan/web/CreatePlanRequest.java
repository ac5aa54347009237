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

/** A plan to be, on the wire. */
@Schema(name = "CreatePlan")
record CreatePlanRequest(
        @NotNull
        @Size(min = 2, max = 32)
        @Pattern(regexp = CreatePlanRequest.ID)
        @Schema(description = "What it is called in tenants and keys, for good.", example = "gold")
        String id,

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

    /** Letters a-z and digits with single hyphens between them. */
    static final String ID = "^[a-z0-9](-?[a-z0-9])*$";

    Plan.Terms toTerms(TemplateRules rules) {
        return new ReplacePlanRequest(name, limits, permissions, secretScopes, template).toTerms(rules);
    }
}
