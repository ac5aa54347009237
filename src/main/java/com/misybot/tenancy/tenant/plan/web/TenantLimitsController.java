package com.misybot.tenancy.tenant.plan.web;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.Tenant;
import com.misybot.tenancy.tenant.TenantLimits;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.ETags;
import com.misybot.tenancy.web.IfMatch;
import com.misybot.tenancy.web.RequestBodies;
import com.misybot.tenancy.web.RestPaths;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The limits of a tenant over HTTP. */
@RestController
@RequestMapping(
        path = RestPaths.API + "/tenants/{tenantId}/limits",
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Plans")
class TenantLimitsController {

    private final TenantService tenants;
    private final TenantLimits limits;
    private final RequestBodies bodies;

    TenantLimitsController(TenantService tenants, TenantLimits limits, RequestBodies bodies) {
        this.tenants = tenants;
        this.limits = limits;
        this.bodies = bodies;
    }

    @Access(scope = PlanController.READ)
    @Operation(
            summary = "Read the limits of a tenant",
            description = "What its plan gives, what it has instead, what holds, and how much of it is used.")
    @GetMapping
    ResponseEntity<TenantLimitsResponse> read(@PathVariable TenantId tenantId, Caller caller) {
        return answer(tenants.find(tenantId, caller.reach()));
    }

    @Access(scope = PlanController.WRITE)
    @Operation(
            summary = "Replace what a tenant overrides of the limits of its plan",
            description =
                    "A limit that is left out is the plan's. Raises the version of the tenant. If-Match with the ETag of these limits"
                            + " is stale as well where the plan has changed, and not where only the usage has.")
    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<TenantLimitsResponse> replace(
            @PathVariable TenantId tenantId,
            IfMatch ifMatch,
            Caller caller,
            Cause cause,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = OverrideLimitsRequest.class)))
                    @RequestBody
                    JsonNode body) {
        var found = tenants.find(tenantId, caller.reach());
        var current = body(found);
        return answer(limits.override(
                found.id(),
                tenant -> {
                    // plan and usage may have changed since they were read, and the tenant's version knows nothing of
                    // that
                    var exact = ifMatch.isExactly(current.tag(tenant.revision().version()));
                    return bodies.replace(
                                    exact ? body : withoutReadOnly(body),
                                    current,
                                    TenantLimitsResponse.READ_ONLY,
                                    OverrideLimitsRequest.class)
                            .overrides()
                            .toOverrides();
                },
                tenant -> {
                    var version = tenant.revision().version();
                    ETags.requireMatch(ifMatch, version, current.tag(version), TenantLimitsResponse.LETTERS);
                },
                cause));
    }

    private static JsonNode withoutReadOnly(JsonNode body) {
        return body instanceof ObjectNode object ? object.deepCopy().remove(TenantLimitsResponse.READ_ONLY) : body;
    }

    private ResponseEntity<TenantLimitsResponse> answer(Tenant tenant) {
        var body = body(tenant);
        return ETags.ok(body, body.tag(tenant.revision().version()));
    }

    private TenantLimitsResponse body(Tenant tenant) {
        return TenantLimitsResponse.from(limits.of(tenant), limits.usage(tenant.id()));
    }
}
