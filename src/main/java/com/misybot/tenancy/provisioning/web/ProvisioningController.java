package com.misybot.tenancy.provisioning.web;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.operation.Operations;
import com.misybot.tenancy.provisioning.Provisioning;
import com.misybot.tenancy.provisioning.ProvisioningRun;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.Idempotency;
import com.misybot.tenancy.web.IdempotencyKey;
import com.misybot.tenancy.web.IfMatch;
import com.misybot.tenancy.web.Page;
import com.misybot.tenancy.web.Paging;
import com.misybot.tenancy.web.RestPaths;
import com.misybot.tenancy.web.WhyBody;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Runs that set a tenant up: look at them, begin one once more, have one given up. */
@RestController
@RequestMapping(
        path = RestPaths.API + "/tenants/{tenantId}/provisioning",
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Provisioning")
class ProvisioningController {

    private static final String SCOPE = "tenants:lifecycle";

    private final TenantService tenants;
    private final Provisioning provisioning;
    private final Idempotency idempotency;

    ProvisioningController(TenantService tenants, Provisioning provisioning, Idempotency idempotency) {
        this.tenants = tenants;
        this.provisioning = provisioning;
        this.idempotency = idempotency;
    }

    @GetMapping
    @Access(scope = "tenants:read")
    @Operation(
            operationId = "listProvisioningRuns",
            summary = "List the runs that have set a tenant up",
            description = "Newest first, each with its steps from their first attempt on. An imported tenant has none.")
    Page<RunResponse> list(@PathVariable TenantId tenantId, Paging paging, Caller caller) {
        var found = provisioning.list(tenants.idOf(tenantId, caller.reach()), before(paging.cursor()), paging.limit());
        return paging.page(found, run -> List.of(run.id().toString())).map(RunResponse::from);
    }

    @PostMapping(path = "/retry", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(scope = SCOPE)
    @Operation(
            operationId = "retryProvisioning",
            summary = "Set a tenant up once more, after that has failed",
            description = "The tenant is PROVISIONING again. If-Match names its version.")
    @ApiResponse(
            responseCode = "202",
            description = "The new run; Location names the operation that reports on it.",
            content = @Content(schema = @Schema(implementation = RunResponse.class)))
    ResponseEntity<?> retry(
            @PathVariable TenantId tenantId,
            @RequestBody(required = false) @Nullable WhyBody body,
            Caller caller,
            IdempotencyKey key,
            @Nullable IfMatch ifMatch,
            Cause cause) {
        var why = WhyBody.with(cause, body);
        var id = tenants.idOf(tenantId, caller.reach());
        return idempotency.once(key, Scope.tenant(id), () -> accepted(provisioning.retry(id, tenantId, ifMatch, why)));
    }

    @PostMapping(path = "/abort", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(scope = SCOPE)
    @Operation(
            operationId = "abortProvisioning",
            summary = "Give up setting a tenant up",
            description =
                    "What the run has set up is undone, and the tenant is PROVISIONING_FAILED. Asking twice changes nothing."
                            + " If-Match names the version of the tenant.")
    @ApiResponse(
            responseCode = "202",
            description = "The run, which hears of it before its next step; Location names its operation.",
            content = @Content(schema = @Schema(implementation = RunResponse.class)))
    ResponseEntity<?> abort(
            @PathVariable TenantId tenantId,
            @RequestBody(required = false) @Nullable WhyBody body,
            Caller caller,
            IdempotencyKey key,
            @Nullable IfMatch ifMatch,
            Cause cause) {
        var why = WhyBody.with(cause, body);
        var id = tenants.idOf(tenantId, caller.reach());
        var answer = idempotency.once(key, Scope.tenant(id), () -> accepted(provisioning.abort(id, ifMatch, why)));
        provisioning.hurry(id);
        return answer;
    }

    private static ResponseEntity<RunResponse> accepted(ProvisioningRun run) {
        return ResponseEntity.accepted().location(Operations.location(run.id())).body(RunResponse.from(run));
    }

    private static @Nullable UUID before(@Nullable List<String> cursor) {
        return cursor == null ? null : UUID.fromString(cursor.getFirst());
    }
}
