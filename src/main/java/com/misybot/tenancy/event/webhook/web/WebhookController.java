package com.misybot.tenancy.event.webhook.web;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.IdempotencyKey;
import com.misybot.tenancy.web.IfMatch;
import com.misybot.tenancy.web.Page;
import com.misybot.tenancy.web.Paging;
import com.misybot.tenancy.web.RestPaths;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
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

/** The webhooks of one tenant over HTTP. */
@RestController
@RequestMapping(path = WebhookController.PATH, version = RestPaths.VERSION, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Webhooks")
class WebhookController {

    static final String PATH = RestPaths.API + "/tenants/{tenantId}/webhooks";

    static final String SCOPE = "webhooks:write";

    static final String CREATE =
            "Answers with the signing secret, this once. The host is looked up now, and again for every message.";

    static final String PATCH =
            "A JSON Merge Patch (RFC 7396). Disabling one forgets what it was not told yet; state ENABLED has it told of what"
                    + " happens from then on.";

    static final String ROTATE =
            "Answers with the secret, this once. Until the overlap ends every message has a signature by each of the two.";

    private final TenantService tenants;
    private final WebhookAnswers answers;

    WebhookController(TenantService tenants, WebhookAnswers answers) {
        this.tenants = tenants;
        this.answers = answers;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(scope = SCOPE)
    @Operation(operationId = "createWebhook", summary = "Have somebody told of events", description = CREATE)
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
        return answers.create(of(tenantId, caller), body, key, cause);
    }

    @GetMapping
    @Access(scope = SCOPE)
    @Operation(
            operationId = "listWebhooks",
            summary = "List the webhooks of a tenant",
            description = "In the order they were made in.")
    Page<WebhookResponse> list(@PathVariable TenantId tenantId, Paging paging, Caller caller) {
        return answers.list(of(tenantId, caller), paging);
    }

    @GetMapping("/count")
    @Access(scope = SCOPE)
    @Operation(operationId = "countWebhooks", summary = "Count the webhooks of a tenant")
    WebhookAnswers.Count count(@PathVariable TenantId tenantId, Caller caller) {
        return answers.count(of(tenantId, caller));
    }

    @GetMapping("/{id}")
    @Access(scope = SCOPE)
    @Operation(operationId = "getWebhook", summary = "Read a webhook")
    ResponseEntity<WebhookResponse> read(@PathVariable TenantId tenantId, @PathVariable UUID id, Caller caller) {
        return answers.read(of(tenantId, caller), id);
    }

    @PatchMapping(path = "/{id}", consumes = "application/merge-patch+json")
    @Access(scope = SCOPE)
    @Operation(operationId = "patchWebhook", summary = "Change some of a webhook", description = PATCH)
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
        return answers.patch(of(tenantId, caller), id, ifMatch, cause, body);
    }

    @DeleteMapping("/{id}")
    @Access(scope = SCOPE)
    @Operation(operationId = "deleteWebhook", summary = "Delete a webhook with its log")
    @ApiResponse(responseCode = "204", description = "It is gone.", content = @Content)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable TenantId tenantId, @PathVariable UUID id, IfMatch ifMatch, Caller caller, Cause cause) {
        answers.delete(of(tenantId, caller), id, ifMatch, cause);
    }

    @PostMapping(path = "/{id}/rotate", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(scope = SCOPE)
    @Operation(
            operationId = "rotateWebhookSecret",
            summary = "Give a webhook another signing secret",
            description = ROTATE)
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
        return answers.rotate(of(tenantId, caller), id, body, key, ifMatch, cause);
    }

    private WebhookOwner of(TenantId tenantId, Caller caller) {
        return of(tenants.idOf(tenantId, caller.reach()), tenantId);
    }

    static WebhookOwner of(UUID tenant, TenantId tenantId) {
        return new WebhookOwner(tenant, RestPaths.API + "/tenants/" + tenantId + "/webhooks");
    }
}
