package com.misybot.tenancy.tenant.plan.web;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

/** What a tenant is to have instead of what its plan gives. */
@Schema(name = "OverrideLimits")
record OverrideLimitsRequest(
        @NotNull @Valid @Schema(description = "All that it overrides; a limit that is left out is the plan's.")
        LimitOverridesBody overrides) {}
