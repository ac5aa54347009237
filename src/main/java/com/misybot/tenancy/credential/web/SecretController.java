package com.misybot.tenancy.credential.web;

import com.misybot.tenancy.credential.Rotation;
import com.misybot.tenancy.credential.TenantSecret;
import com.misybot.tenancy.credential.TenantSecrets;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.Causes;
import com.misybot.tenancy.web.ETags;
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
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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

/** The secrets of one tenant over HTTP. */
@RestController
@RequestMapping(path = SecretController.PATH, version = RestPaths.VERSION, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Secrets")
class SecretController {

    static final String PATH = RestPaths.API + "/tenants/{tenantId}/secrets";

    static final String SCOPE = "secrets:write";

    private final TenantService tenants;
    private final TenantSecrets secrets;
    private final Idempotency idempotency;
    private final Clock clock;

    SecretController(TenantService tenants, TenantSecrets secrets, Idempotency idempotency, Clock clock) {
        this.tenants = tenants;
        this.secrets = secrets;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(scope = SCOPE)
    @Operation(
            operationId = "rotateSecret",
            summary = "Issue a secret and let the one before end",
            description =
                    "Answers with the secret, this once. The latest secret before is accepted for the overlap still, and every"
                            + " older one ends at once: a tenant has two secrets at most. If-Match names the tenant's version.")
    @ApiResponse(
            responseCode = "201",
            description = "The new secret.",
            content = @Content(schema = @Schema(implementation = SecretResponse.class)))
    ResponseEntity<?> rotate(
            @PathVariable TenantId tenantId,
            @RequestBody(required = false) @Nullable RotateSecretRequest body,
            Caller caller,
            IdempotencyKey key,
            @Nullable IfMatch ifMatch,
            Cause cause) {
        var asked = Objects.requireNonNullElse(body, RotateSecretRequest.NOTHING);
        var why = Causes.with(cause, asked.reason(), asked.ticket());
        var how = Rotation.asked(asked.overlap(), asked.expiresAt(), why);
        var id = tenants.idOf(tenantId, caller.reach());
        return idempotency.once(key, Scope.tenant(id), () -> {
            tenants.requireVersion(id, ifMatch);
            var issued = SecretResponse.from(secrets.rotate(id, how, why), clock.instant());
            var location = RestPaths.API + "/tenants/" + tenantId + "/secrets/" + issued.secretId();
            return ResponseEntity.created(URI.create(location))
                    .eTag(issued.tag())
                    .body(issued);
        });
    }

    @GetMapping
    @Access(scope = SCOPE, told = "secrets.read")
    @Operation(
            operationId = "listSecrets",
            summary = "List the secrets of a tenant",
            description = "The latest first, ended ones as well. None of them can be shown again.")
    Page<SecretResponse> list(@PathVariable TenantId tenantId, Paging paging, Caller caller) {
        var id = tenants.idOf(tenantId, caller.reach());
        var now = clock.instant();
        var found = secrets.list(id, position(paging.cursor()), paging.limit());
        return paging.page(found, secret -> List.of(secret.createdAt().toString(), secret.id()))
                .map(secret -> SecretResponse.from(secret, now));
    }

    @GetMapping("/{id}")
    @Access(scope = SCOPE)
    @Operation(operationId = "getSecret", summary = "Read what is known of a secret")
    ResponseEntity<SecretResponse> read(
            @PathVariable TenantId tenantId, @PathVariable("id") String secretId, Caller caller) {
        return answer(secrets.find(tenants.idOf(tenantId, caller.reach()), secretId));
    }

    @DeleteMapping("/{id}")
    @Access(scope = SCOPE)
    @Operation(
            operationId = "revokeSecret",
            summary = "Revoke a secret",
            description = "No instance accepts it a second later. A secret that is revoked already stays as it is.")
    @ApiResponse(
            responseCode = "200",
            description = "The secret as it is now.",
            content = @Content(schema = @Schema(implementation = SecretResponse.class)))
    ResponseEntity<SecretResponse> revoke(
            @PathVariable TenantId tenantId,
            @PathVariable("id") String secretId,
            Caller caller,
            IfMatch ifMatch,
            Cause cause) {
        var id = tenants.idOf(tenantId, caller.reach());
        return answer(secrets.revoke(id, secretId, ifMatch, cause));
    }

    /** How many ended. */
    @Schema(name = "RevokedSecrets")
    record Revoked(
            @Schema(description = "Secrets that were accepted until now.", example = "2")
            int revoked) {}

    @PostMapping(path = "/revoke-all", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(scope = SCOPE)
    @Operation(
            operationId = "revokeAllSecrets",
            summary = "Revoke every secret of a tenant",
            description =
                    "Needs a reason. No instance accepts one of them a second later. If-Match names the tenant's version.")
    @ApiResponse(
            responseCode = "200",
            description = "How many ended.",
            content = @Content(schema = @Schema(implementation = Revoked.class)))
    ResponseEntity<?> revokeAll(
            @PathVariable TenantId tenantId,
            @RequestBody(required = false) @Nullable WhyBody body,
            Caller caller,
            IdempotencyKey key,
            @Nullable IfMatch ifMatch,
            Cause cause) {
        var why = WhyBody.with(cause, body);
        var id = tenants.idOf(tenantId, caller.reach());
        return idempotency.once(key, Scope.tenant(id), () -> {
            tenants.requireVersion(id, ifMatch);
            return ResponseEntity.ok(new Revoked(secrets.revokeAll(id, why)));
        });
    }

    private ResponseEntity<SecretResponse> answer(TenantSecret secret) {
        var body = SecretResponse.from(secret, clock.instant());
        return ETags.ok(body, body.tag());
    }

    private static TenantSecrets.@Nullable Position position(@Nullable List<String> cursor) {
        return cursor == null ? null : new TenantSecrets.Position(Instant.parse(cursor.get(0)), cursor.get(1));
    }
}
