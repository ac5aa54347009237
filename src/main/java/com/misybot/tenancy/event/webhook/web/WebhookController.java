package com.misybot.tenancy.event.webhook.web;

import com.misybot.tenancy.event.webhook.Webhook;
import com.misybot.tenancy.event.webhook.Webhooks;
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
import com.misybot.tenancy.web.RequestBodies;
import com.misybot.tenancy.web.RestPaths;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The webhooks of one tenant over HTTP. */
@RestController
@RequestMapping(path = WebhookController.PATH, version = RestPaths.VERSION, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Webhooks")
class WebhookController {

    static final String PATH = RestPaths.API + "/tenants/{tenantId}/webhooks";

    static final String SCOPE = "webhooks:write";

    private final TenantService tenants;
    private final Webhooks webhooks;
    private final Idempotency idempotency;
    private final RequestBodies bodies;

    WebhookController(TenantService tenants, Webhooks webhooks, Idempotency idempotency, RequestBodies bodies) {
        this.tenants = tenants;
        this.webhooks = webhooks;
        this.idempotency = idempotency;
        this.bodies = bodies;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(scope = SCOPE)
    @Operation(
            operationId = "createWebhook",
            summary = "Have somebody told of events",
            description =
                    "Answers with the signing secret, this once. The host is looked up now, and again for every message.")
    @ApiResponse(
            responseCode = "201",
            description = "The webhook.",
            content = @Content(schema = @Schema(implementation = WebhookResponse.class)))
    ResponseEntity<?> create(
            @PathVariable TenantId tenantId,
            @Valid @RequestBody WebhookTerms body,
            Caller caller,
            IdempotencyKey key,
            Cause cause) {
        var id = tenants.idOf(tenantId, caller.reach());
        var terms = body.toTerms(webhooks);
        webhooks.requireReachable(terms.url());
        return idempotency.once(key, Scope.tenant(id), () -> {
            var made = webhooks.create(id, terms, cause);
            var location = RestPaths.API + "/tenants/" + tenantId + "/webhooks/"
                    + made.webhook().id();
            return ResponseEntity.created(URI.create(location))
                    .eTag(ETags.of(made.webhook().version()))
                    .body(WebhookResponse.from(made));
        });
    }

    @GetMapping
    @Access(scope = SCOPE)
    @Operation(
            operationId = "listWebhooks",
            summary = "List the webhooks of a tenant",
            description = "In the order they were made in.")
    Page<WebhookResponse> list(@PathVariable TenantId tenantId, Paging paging, Caller caller) {
        var cursor = paging.cursor();
        var found = webhooks.list(
                tenants.idOf(tenantId, caller.reach()),
                cursor == null ? null : UUID.fromString(cursor.getFirst()),
                paging.limit());
        return paging.page(found, one -> List.of(one.id().toString())).map(WebhookResponse::from);
    }

    /** How many there are. */
    @Schema(name = "WebhookCount")
    record Count(
            @Schema(description = "As many as the list has items.", example = "3", minimum = "0")
            long count) {}

    @GetMapping("/count")
    @Access(scope = SCOPE)
    @Operation(operationId = "countWebhooks", summary = "Count the webhooks of a tenant")
    Count count(@PathVariable TenantId tenantId, Caller caller) {
        return new Count(webhooks.count(tenants.idOf(tenantId, caller.reach())));
    }

    @GetMapping("/{id}")
    @Access(scope = SCOPE)
    @Operation(operationId = "getWebhook", summary = "Read a webhook")
    ResponseEntity<WebhookResponse> read(@PathVariable TenantId tenantId, @PathVariable UUID id, Caller caller) {
        return answer(webhooks.find(tenants.idOf(tenantId, caller.reach()), id));
    }

    @PatchMapping(path = "/{id}", consumes = "application/merge-patch+json")
    @Access(scope = SCOPE)
    @Operation(
            operationId = "patchWebhook",
            summary = "Change some of a webhook",
            description =
                    "A JSON Merge Patch (RFC 7396). Disabling one forgets what it was not told yet; state ENABLED has it told of"
                            + " what happens from then on.")
    @ApiResponse(
            responseCode = "200",
            description = "The webhook as it is now.",
            content = @Content(schema = @Schema(implementation = WebhookResponse.class)))
    ResponseEntity<WebhookResponse> patch(
            @PathVariable TenantId tenantId,
            @PathVariable UUID id,
            IfMatch ifMatch,
            Caller caller,
            Cause cause,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = WebhookTerms.class)))
                    @RequestBody
                    JsonNode body) {
        var tenant = tenants.idOf(tenantId, caller.reach());
        var present = webhooks.find(tenant, id);
        var next = patched(present, ifMatch, body);
        ifMatch.require(present.version());
        if (!next.url().equals(present.terms().url())) {
            webhooks.requireReachable(next.url());
        }
        return answer(webhooks.update(
                tenant, id, now -> patched(now, ifMatch, body), now -> ifMatch.require(now.version()), cause));
    }

    @DeleteMapping("/{id}")
    @Access(scope = SCOPE)
    @Operation(operationId = "deleteWebhook", summary = "Delete a webhook with its log")
    @ApiResponse(responseCode = "204", description = "It is gone.", content = @Content)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable TenantId tenantId, @PathVariable UUID id, IfMatch ifMatch, Caller caller, Cause cause) {
        webhooks.delete(tenants.idOf(tenantId, caller.reach()), id, now -> ifMatch.require(now.version()), cause);
    }

    @PostMapping(path = "/{id}/rotate", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(scope = SCOPE)
    @Operation(
            operationId = "rotateWebhookSecret",
            summary = "Give a webhook another signing secret",
            description =
                    "Answers with the secret, this once. Until the overlap ends every message has a signature by each of the two.")
    @ApiResponse(
            responseCode = "200",
            description = "The webhook with its new secret.",
            content = @Content(schema = @Schema(implementation = WebhookResponse.class)))
    ResponseEntity<?> rotate(
            @PathVariable TenantId tenantId,
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable RotateWebhookSecretRequest body,
            Caller caller,
            IdempotencyKey key,
            @Nullable IfMatch ifMatch,
            Cause cause) {
        var asked = Objects.requireNonNullElse(body, RotateWebhookSecretRequest.NOTHING);
        var why = Causes.with(cause, asked.reason(), asked.ticket());
        var overlap = asked.overlapOrDefault();
        var tenant = tenants.idOf(tenantId, caller.reach());
        return idempotency.once(key, Scope.tenant(tenant), () -> {
            var rotated = webhooks.rotate(tenant, id, overlap, now -> ETags.requireMatch(ifMatch, now.version()), why);
            return ETags.ok(
                    WebhookResponse.from(rotated), ETags.of(rotated.webhook().version()));
        });
    }

    private Webhook.Terms patched(Webhook present, IfMatch ifMatch, JsonNode body) {
        var sent = ifMatch.matches(present.version()) ? body : withoutReadOnly(body);
        return bodies.patch(sent, WebhookResponse.from(present), WebhookResponse.READ_ONLY, WebhookTerms.class)
                .toTerms(webhooks);
    }

    /** Who read another version sends what was true of that: 412 says so, {@code read_only} would mislead. */
    private static JsonNode withoutReadOnly(JsonNode body) {
        return body instanceof ObjectNode object ? object.deepCopy().remove(WebhookResponse.READ_ONLY) : body;
    }

    private static ResponseEntity<WebhookResponse> answer(Webhook webhook) {
        return ETags.ok(WebhookResponse.from(webhook), webhook.version());
    }
}
