package com.misybot.tenancy.context.session.web;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.Causes;
import com.misybot.tenancy.web.Idempotency;
import com.misybot.tenancy.web.IdempotencyKey;
import com.misybot.tenancy.web.IfMatch;
import com.misybot.tenancy.web.RestPaths;
import com.misybot.tenancy.web.WhyBody;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Ends all sessions of a tenant in PostgreSQL, where nothing that happens to Redis can bring them back. */
@RestController
@RequestMapping(
        path = TenantSessionController.PATH + "/end-all",
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Sessions")
class EndSessionsController {

    private final TenantService tenants;
    private final Idempotency idempotency;

    EndSessionsController(TenantService tenants, Idempotency idempotency) {
        this.tenants = tenants;
        this.idempotency = idempotency;
    }

    /** What came of it. */
    @Schema(name = "EndedSessions")
    record Ended(
            @Schema(
                    description =
                            "Whoever knows the tenant's context at this version or a later one accepts none of them.")
            long contextVersion) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(scope = TenantSessionController.WRITE)
    @Operation(
            operationId = "endAllSessions",
            summary = "End all sessions of a tenant",
            description =
                    "Needs a reason. Every instance knows it within a second, also while Redis is away. If-Match names the tenant's"
                            + " version.")
    @ApiResponse(
            responseCode = "200",
            description = "They have ended.",
            content = @Content(schema = @Schema(implementation = Ended.class)))
    ResponseEntity<?> endAll(
            @PathVariable TenantId tenantId,
            @RequestBody(required = false) @Nullable WhyBody body,
            Caller caller,
            IdempotencyKey key,
            @Nullable IfMatch ifMatch,
            Cause cause) {
        var told = WhyBody.with(cause, body);
        var id = tenants.idOf(tenantId, caller.reach());
        return idempotency.once(key, Scope.tenant(id), () -> {
            tenants.requireVersion(id, ifMatch);
            return ResponseEntity.ok(new Ended(tenants.endSessions(id, Causes.required(told))));
        });
    }
}
