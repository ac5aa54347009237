package com.misybot.tenancy.context.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.kernel.Origin;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.ServedTenants;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.RestPaths;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Explains to an operator why a page may talk for a tenant, or may not. */
@RestController
@RequestMapping(
        path = RestPaths.API + "/tenants/{tenantId}/origin-check",
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Context")
class OriginCheckController {

    private final TenantService tenants;
    private final ServedTenants served;

    OriginCheckController(TenantService tenants, ServedTenants served) {
        this.tenants = tenants;
        this.served = served;
    }

    /**
     * What was found.
     *
     * @param origin as it was understood; absent where it is no origin
     * @param allowed whether a page of it may talk for the tenant
     * @param rule the allowed origin it falls under
     * @param code what is wrong with it as an origin
     * @param detail why, for people
     * @param contentSecurityPolicy what the tenant's widget sends as {@code Content-Security-Policy}
     */
    @Schema(
            name = "OriginCheck",
            requiredProperties = {"allowed", "detail", "contentSecurityPolicy"})
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OriginCheck(
            @Nullable String origin,
            boolean allowed,
            @Nullable String rule,
            @Nullable String code,
            String detail,

            @Schema(example = "frame-ancestors https://www.acme-dental.example")
            String contentSecurityPolicy) {}

    @GetMapping
    @Access(scope = "tenants:read")
    @Operation(
            operationId = "checkOrigin",
            summary = "Explain whether an origin is allowed",
            description =
                    "Says which allowed origin it falls under, or what is wrong with it; the tenant's state plays no part.")
    OriginCheck check(
            @PathVariable TenantId tenantId,
            @Parameter(example = "https://www.acme-dental.example") @RequestParam String origin,
            Caller caller) {
        var allowed = served.byId(List.of(tenants.idOf(tenantId, caller.reach()))).stream()
                .flatMap(tenant -> tenant.origins().stream())
                .toList();
        var policy = "frame-ancestors " + (allowed.isEmpty() ? "'none'" : String.join(" ", allowed));
        try {
            return explain(Origin.of(origin, true), allowed, policy);
        } catch (InvalidValue e) {
            return new OriginCheck(null, false, null, e.code(), Objects.requireNonNull(e.getMessage()), policy);
        }
    }

    private static OriginCheck explain(Origin page, List<String> allowed, String policy) {
        if (page.isWildcard()) {
            return new OriginCheck(
                    page.toString(), false, null, "origin_wildcard", "A wildcard is no page's origin.", policy);
        }
        var rule = allowed.stream()
                .filter(one -> Origin.of(one, true).matches(page))
                .findFirst()
                .orElse(null);
        if (rule != null) {
            return new OriginCheck(page.toString(), true, rule, null, "It falls under " + rule + ".", policy);
        }
        var why = allowed.isEmpty()
                ? "The list of allowed origins is empty, and so nobody may talk for the tenant."
                : "None of the " + allowed.size() + " allowed origins has this scheme, host and port.";
        return new OriginCheck(page.toString(), false, null, null, why, policy);
    }
}
