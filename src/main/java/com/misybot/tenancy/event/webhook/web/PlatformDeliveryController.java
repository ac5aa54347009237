package com.misybot.tenancy.event.webhook.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.event.webhook.Deliveries;
import com.misybot.tenancy.event.webhook.Delivery;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.Idempotency;
import com.misybot.tenancy.web.IdempotencyKey;
import com.misybot.tenancy.web.Page;
import com.misybot.tenancy.web.Paging;
import com.misybot.tenancy.web.RestPaths;
import com.misybot.tenancy.web.WhyBody;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What one webhook of the platform was told, over HTTP. */
@RestController
@RequestMapping(
        path = WebhookOwner.PLATFORM + "/{id}",
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Webhooks")
class PlatformDeliveryController {

    private final DeliveryAnswers answers;
    private final Deliveries deliveries;
    private final Idempotency idempotency;

    PlatformDeliveryController(DeliveryAnswers answers, Deliveries deliveries, Idempotency idempotency) {
        this.answers = answers;
        this.deliveries = deliveries;
        this.idempotency = idempotency;
    }

    @GetMapping("/deliveries")
    @Access(scope = WebhookController.SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(
            operationId = "listPlatformWebhookDeliveries",
            summary = "List what a webhook of the platform was told",
            description = DeliveryAnswers.LIST)
    Page<DeliveryResponse> list(
            @PathVariable UUID id,
            @RequestParam(required = false) Delivery.@Nullable State state,
            Paging paging,
            Caller caller) {
        return answers.list(WebhookOwner.platform(caller), id, state, paging);
    }

    @GetMapping("/deliveries/{delivery}")
    @Access(scope = WebhookController.SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(
            operationId = "getPlatformWebhookDelivery",
            summary = "Read how a message to the platform's webhook went")
    DeliveryResponse read(@PathVariable UUID id, @PathVariable UUID delivery, Caller caller) {
        return answers.read(WebhookOwner.platform(caller), id, delivery);
    }

    @PostMapping(path = "/test", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(scope = WebhookController.SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(
            operationId = "testPlatformWebhook",
            summary = "Send a webhook of the platform a message about nothing",
            description = "Its type is webhook.test. Location says where to read how it went.")
    @ApiResponse(
            responseCode = "202",
            description = "It is on its way.",
            content = @Content(schema = @Schema(implementation = DeliveryResponse.class)))
    ResponseEntity<?> test(
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable WhyBody body,
            Caller caller,
            IdempotencyKey key) {
        return answers.test(WebhookOwner.platform(caller), id, key);
    }

    @PostMapping(path = "/deliveries/{delivery}/replay", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(scope = WebhookController.SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(
            operationId = "replayPlatformWebhookDelivery",
            summary = "Send a message to a webhook of the platform once more",
            description = "With the same webhook-id, as a delivery of its own.")
    @ApiResponse(
            responseCode = "202",
            description = "It is on its way.",
            content = @Content(schema = @Schema(implementation = DeliveryResponse.class)))
    ResponseEntity<?> replay(
            @PathVariable UUID id,
            @PathVariable UUID delivery,
            @RequestBody(required = false) @Nullable WhyBody body,
            Caller caller,
            IdempotencyKey key) {
        return answers.replay(WebhookOwner.platform(caller), id, delivery, key);
    }

    /** How many messages are on their way. */
    @Schema(name = "ReplayedPlatformEvents")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Replayed(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    description = "At most 10,000; where it is that many, go on with from = lastTime.",
                    example = "101",
                    minimum = "0",
                    maximum = "10000")
            int replayed,

            @Nullable @Schema(description = "Of the latest one; absent where there is none.")
            Instant lastTime) {}

    @PostMapping(path = "/replay", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(scope = WebhookController.SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(
            operationId = "replayPlatformWebhookEvents",
            summary = "Tell a webhook of the platform of events once more",
            description =
                    "Of those in the range that are still kept and that it is told of by its types, 10,000 at most.")
    @ApiResponse(
            responseCode = "202",
            description = "They are on their way.",
            content = @Content(schema = @Schema(implementation = Replayed.class)))
    ResponseEntity<?> replayRange(
            @PathVariable UUID id, @Valid @RequestBody ReplayPlatformRequest body, Caller caller, IdempotencyKey key) {
        var owner = WebhookOwner.platform(caller);
        var occurred = deliveries.occurred(id, body.from(), body.to());
        return idempotency.once(key, owner.scope(), () -> {
            deliveries.replay(id, occurred);
            return ResponseEntity.accepted().body(new Replayed(occurred.abouts().size(), occurred.last()));
        });
    }
}
