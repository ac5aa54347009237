package com.misybot.tenancy.isolation.web;

import com.misybot.tenancy.isolation.redis.RedisNamespaces;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.operation.Operations;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.Causes;
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
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The namespace of a tenant in Redis over HTTP. */
@RestController
@RequestMapping(
        path = NamespaceController.PATH + "/redis",
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Isolation")
class RedisNamespaceController {

    private static final String CREDENTIALS = "/credentials";

    /** Said of the context in Redis as well (docs/context.md): what is pending once stays so. */
    private static final String PROPAGATION = "Misy-Propagation";

    private final TenantService tenants;
    private final RedisNamespaces namespaces;
    private final Idempotency idempotency;

    RedisNamespaceController(TenantService tenants, RedisNamespaces namespaces, Idempotency idempotency) {
        this.tenants = tenants;
        this.namespaces = namespaces;
        this.idempotency = idempotency;
    }

    @PostMapping(path = CREDENTIALS, consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(scope = NamespaceController.SCOPE)
    @Operation(
            operationId = "issueRedisCredentials",
            summary = "Issue a user of Redis that gets at one tenant's keys alone",
            description =
                    "For platform services that work for one tenant. Answers with the password, this once. The password before is"
                            + " refused from then on, and who has come in by it is cut off.")
    @ApiResponse(responseCode = "501", description = "There is no Redis, or it lets nobody make users.")
    @ApiResponse(
            responseCode = "201",
            description = "The credentials. Misy-Propagation: pending where not every node of Redis knows them yet.",
            content = @Content(schema = @Schema(implementation = CredentialsResponse.class)))
    ResponseEntity<?> issue(
            @PathVariable TenantId tenantId,
            @RequestBody(required = false) @Nullable WhyBody body,
            Caller caller,
            IdempotencyKey key,
            Cause cause,
            HttpServletResponse response) {
        var why = WhyBody.with(cause, body);
        var id = tenants.idOf(tenantId, caller.reach());
        namespaces.requireOpen(id);
        namespaces.requireUsers();
        var answer = idempotency.once(key, Scope.tenant(id), () -> {
            var issued = CredentialsResponse.from(namespaces.issue(id, why));
            return ResponseEntity.created(URI.create(NamespaceController.path(tenantId) + "/redis" + CREDENTIALS))
                    .eTag(ETags.of(issued.generation()))
                    .body(issued);
        });
        bring(id, response);
        return answer;
    }

    @GetMapping(CREDENTIALS)
    @Access(scope = NamespaceController.SCOPE)
    @Operation(
            operationId = "getRedisCredentials",
            summary = "Read what is known of a tenant's user of Redis",
            description = "The password cannot be shown again.")
    ResponseEntity<CredentialsResponse> read(@PathVariable TenantId tenantId, Caller caller) {
        var found = namespaces.find(tenants.idOf(tenantId, caller.reach()));
        return ETags.ok(CredentialsResponse.from(found), found.generation());
    }

    @DeleteMapping(CREDENTIALS)
    @Access(scope = NamespaceController.SCOPE)
    @Operation(
            operationId = "revokeRedisCredentials",
            summary = "Take a tenant's user of Redis away",
            description = "Cuts its connections. Its keys stay.")
    @ApiResponse(responseCode = "204", description = "There is no such user any more.")
    ResponseEntity<Void> revoke(
            @PathVariable TenantId tenantId,
            Caller caller,
            IfMatch ifMatch,
            Cause cause,
            HttpServletResponse response) {
        var id = tenants.idOf(tenantId, caller.reach());
        namespaces.revoke(id, ifMatch, cause);
        bring(id, response);
        return ResponseEntity.noContent().build();
    }

    /** The operation that does it. */
    @Schema(name = "EmptiedNamespace", requiredProperties = "operationId")
    record Started(UUID operationId) {}

    @PostMapping(path = "/empty", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(scope = NamespaceController.SCOPE)
    @Operation(
            operationId = "emptyRedisNamespace",
            summary = "Delete every key that platform services keep for a tenant",
            description =
                    "Needs a reason. Keeps the tenant's user out meanwhile, and goes on until two passes have found nothing."
                            + " Context, sessions and limits of the tenant stay.")
    @ApiResponse(responseCode = "501", description = "Redis is not configured.")
    @ApiResponse(
            responseCode = "202",
            description = "Started; Location names the operation, whose progress counts keys.",
            content = @Content(schema = @Schema(implementation = Started.class)))
    ResponseEntity<?> empty(
            @PathVariable TenantId tenantId,
            @RequestBody(required = false) @Nullable WhyBody body,
            Caller caller,
            IdempotencyKey key,
            Cause cause) {
        var why = WhyBody.with(cause, body);
        var id = tenants.idOf(tenantId, caller.reach());
        Causes.required(why);
        var running = namespaces.emptiedBy(id);
        return idempotency.once(key, Scope.tenant(id), () -> {
            var started = namespaces.empty(id, tenantId, running, why);
            return ResponseEntity.accepted()
                    .location(Operations.location(started.id()))
                    .body(new Started(started.id()));
        });
    }

    private void bring(UUID tenant, HttpServletResponse response) {
        if (!namespaces.bring(tenant)) {
            response.setHeader(PROPAGATION, "pending");
        }
    }
}
