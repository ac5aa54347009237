package com.misybot.tenancy.tenant.web;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.Tenant;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.tenant.TenantSettings;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.ETags;
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
import java.time.Clock;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Moves of a tenant through its life. */
@RestController
@RequestMapping(
        path = TenantController.PATH + "/{tenantId}",
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Tenants")
class LifecycleController {

    private final TenantService tenants;
    private final TenantSettings settings;
    private final Idempotency idempotency;
    private final Clock clock;

    LifecycleController(TenantService tenants, TenantSettings settings, Idempotency idempotency, Clock clock) {
        this.tenants = tenants;
        this.settings = settings;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    @PostMapping(path = "/activate", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(
            responseCode = "200",
            description = "The tenant as it is now, and what the move did.",
            content = @Content(schema = @Schema(implementation = MovedTenantResponse.class)))
    @Access(scope = "tenants:lifecycle")
    @Operation(summary = "Activate a deactivated tenant")
    ResponseEntity<?> activate(
            @PathVariable TenantId tenantId,
            @RequestBody(required = false) @Nullable WhyBody body,
            Caller caller,
            IdempotencyKey key,
            @Nullable IfMatch ifMatch,
            Cause cause) {
        var told = WhyBody.with(cause, body);
        return move(tenantId, caller, key, ifMatch, (id, check) -> tenants.activate(id, check, told));
    }

    @PostMapping(path = "/suspend", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(
            responseCode = "200",
            description = "The tenant as it is now, and what the move did.",
            content = @Content(schema = @Schema(implementation = MovedTenantResponse.class)))
    @Access(scope = "tenants:lifecycle")
    @Operation(
            summary = "Suspend an active tenant",
            description = "Ends all its sessions. Needs a reason; ends by itself where until is given.")
    ResponseEntity<?> suspend(
            @PathVariable TenantId tenantId,
            @RequestBody(required = false) @Nullable SuspendRequest body,
            Caller caller,
            IdempotencyKey key,
            @Nullable IfMatch ifMatch,
            Cause cause) {
        var told = SuspendRequest.with(cause, body);
        var until = body == null ? null : body.end();
        return move(tenantId, caller, key, ifMatch, (id, check) -> tenants.suspend(id, check, until, told));
    }

    @PostMapping(path = "/resume", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(
            responseCode = "200",
            description = "The tenant as it is now, and what the move did.",
            content = @Content(schema = @Schema(implementation = MovedTenantResponse.class)))
    @Access(scope = "tenants:lifecycle")
    @Operation(summary = "Resume a suspended tenant")
    ResponseEntity<?> resume(
            @PathVariable TenantId tenantId,
            @RequestBody(required = false) @Nullable WhyBody body,
            Caller caller,
            IdempotencyKey key,
            @Nullable IfMatch ifMatch,
            Cause cause) {
        var told = WhyBody.with(cause, body);
        return move(tenantId, caller, key, ifMatch, (id, check) -> tenants.resume(id, check, told));
    }

    @PostMapping(path = "/deactivate", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(
            responseCode = "200",
            description = "The tenant as it is now, and what the move did.",
            content = @Content(schema = @Schema(implementation = MovedTenantResponse.class)))
    @Access(scope = "tenants:lifecycle")
    @Operation(summary = "Deactivate a tenant", description = "Needs a reason.")
    ResponseEntity<?> deactivate(
            @PathVariable TenantId tenantId,
            @RequestBody(required = false) @Nullable WhyBody body,
            Caller caller,
            IdempotencyKey key,
            @Nullable IfMatch ifMatch,
            Cause cause) {
        var told = WhyBody.with(cause, body);
        return move(tenantId, caller, key, ifMatch, (id, check) -> tenants.deactivate(id, check, told));
    }

    @PostMapping(path = "/restore", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(
            responseCode = "200",
            description = "The tenant as it is now, and what the move did.",
            content = @Content(schema = @Schema(implementation = MovedTenantResponse.class)))
    @Access(scope = "tenants:delete")
    @Operation(summary = "Undo the deletion of a tenant", description = "It is again what it was before.")
    ResponseEntity<?> restore(
            @PathVariable TenantId tenantId,
            @RequestBody(required = false) @Nullable WhyBody body,
            Caller caller,
            IdempotencyKey key,
            @Nullable IfMatch ifMatch,
            Cause cause) {
        var told = WhyBody.with(cause, body);
        return move(tenantId, caller, key, ifMatch, (id, check) -> tenants.restore(id, check, told));
    }

    @DeleteMapping
    @ApiResponse(
            responseCode = "202",
            description = "The tenant, to be erased at purgeAt, and what that did.",
            content = @Content(schema = @Schema(implementation = MovedTenantResponse.class)))
    @Access(scope = "tenants:delete")
    @Operation(
            summary = "Schedule the erasure of a tenant",
            description = "Needs a reason in X-Reason. The tenant can be restored until purgeAt.")
    ResponseEntity<MovedTenantResponse> delete(
            @PathVariable TenantId tenantId,
            @RequestParam(required = false) @Nullable String purgeAfter,
            Caller caller,
            IfMatch ifMatch,
            Cause cause) {
        var wait = purgeAfter == null ? settings.purgeAfter() : PurgeAfter.parse(purgeAfter);
        var tenant = tenants.find(tenantId, caller.reach());
        var deleted = tenants.delete(tenant.id(), check(ifMatch), wait, cause);
        return answer(HttpStatus.ACCEPTED, deleted);
    }

    private ResponseEntity<?> move(
            TenantId tenantId,
            Caller caller,
            IdempotencyKey key,
            @Nullable IfMatch ifMatch,
            BiFunction<UUID, Consumer<Tenant>, Tenant> move) {
        var id = tenants.find(tenantId, caller.reach()).id();
        return idempotency.once(key, Scope.tenant(id), () -> answer(HttpStatus.OK, move.apply(id, check(ifMatch))));
    }

    private static Consumer<Tenant> check(@Nullable IfMatch ifMatch) {
        return tenant -> ETags.requireMatch(ifMatch, tenant.revision().version());
    }

    private ResponseEntity<MovedTenantResponse> answer(HttpStatus status, Tenant tenant) {
        var body = MovedTenantResponse.from(tenant, clock.instant());
        return ResponseEntity.status(status).eTag(body.tenant().tag()).body(body);
    }
}
