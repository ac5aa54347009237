package com.misybot.tenancy.event.webhook.web;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
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

/** The webhooks of the platform over HTTP: they are told of every tenant's events. */
@RestController
@RequestMapping(path = WebhookOwner.PLATFORM, version = RestPaths.VERSION, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Webhooks")
class PlatformWebhookController {

    private static final String TOLD =
            " It is told of the events of every tenant and of the platform itself, from now on.";

    private final WebhookAnswers answers;

    PlatformWebhookController(WebhookAnswers answers) {
        this.answers = answers;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(scope = WebhookController.SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(
            operationId = "createPlatformWebhook",
            summary = "Have somebody told of the events of all tenants",
            description = WebhookController.CREATE + TOLD)
    @ApiResponse(
            responseCode = "201",
            description = "The webhook.",
            content = @Content(schema = @Schema(implementation = WebhookResponse.class)))
    ResponseEntity<?> create(@Valid @RequestBody WebhookTerms body, Caller caller, IdempotencyKey key, Cause cause) {
        return answers.create(WebhookOwner.platform(caller), body, key, cause);
    }

    @GetMapping
    @Access(scope = WebhookController.SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(
            operationId = "listPlatformWebhooks",
            summary = "List the webhooks of the platform",
            description = "In the order they were made in.")
    Page<WebhookResponse> list(Paging paging, Caller caller) {
        return answers.list(WebhookOwner.platform(caller), paging);
    }

    @GetMapping("/count")
    @Access(scope = WebhookController.SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(operationId = "countPlatformWebhooks", summary = "Count the webhooks of the platform")
    WebhookAnswers.Count count(Caller caller) {
        return answers.count(WebhookOwner.platform(caller));
    }

    @GetMapping("/{id}")
    @Access(scope = WebhookController.SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(operationId = "getPlatformWebhook", summary = "Read a webhook of the platform")
    ResponseEntity<WebhookResponse> read(@PathVariable UUID id, Caller caller) {
        return answers.read(WebhookOwner.platform(caller), id);
    }

    @PatchMapping(path = "/{id}", consumes = "application/merge-patch+json")
    @Access(scope = WebhookController.SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(
            operationId = "patchPlatformWebhook",
            summary = "Change some of a webhook of the platform",
            description = WebhookController.PATCH)
    @ApiResponse(
            responseCode = "200",
            description = "The webhook as it is now.",
            content = @Content(schema = @Schema(implementation = WebhookResponse.class)))
    ResponseEntity<WebhookResponse> patch(
            @PathVariable UUID id,
            IfMatch ifMatch,
            Caller caller,
            Cause cause,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = WebhookTerms.class)))
                    @RequestBody
                    JsonNode body) {
        return answers.patch(WebhookOwner.platform(caller), id, ifMatch, cause, body);
    }

    @DeleteMapping("/{id}")
    @Access(scope = WebhookController.SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(operationId = "deletePlatformWebhook", summary = "Delete a webhook of the platform with its log")
    @ApiResponse(responseCode = "204", description = "It is gone.", content = @Content)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id, IfMatch ifMatch, Caller caller, Cause cause) {
        answers.delete(WebhookOwner.platform(caller), id, ifMatch, cause);
    }

    @PostMapping(path = "/{id}/rotate", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(scope = WebhookController.SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(
            operationId = "rotatePlatformWebhookSecret",
            summary = "Give a webhook of the platform another signing secret",
            description = WebhookController.ROTATE)
    @ApiResponse(
            responseCode = "200",
            description = "The webhook with its new secret.",
            content = @Content(schema = @Schema(implementation = WebhookResponse.class)))
    ResponseEntity<?> rotate(
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable RotateWebhookSecretRequest body,
            Caller caller,
            IdempotencyKey key,
            @Nullable IfMatch ifMatch,
            Cause cause) {
        return answers.rotate(WebhookOwner.platform(caller), id, body, key, ifMatch, cause);
    }
}
