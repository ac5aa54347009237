package com.misybot.tenancy.event.webhook.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.event.webhook.Deliveries;
import com.misybot.tenancy.event.webhook.Delivery;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.TenantService;
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

/** What one webhook was told, over HTTP. */
@RestController
@RequestMapping(
        path = WebhookController.PATH + "/{id}",
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Webhooks")
class DeliveryController {

    private final TenantService tenants;
    private final DeliveryAnswers answers;
    private final Deliveries deliveries;
    private final Idempotency idempotency;

    DeliveryController(TenantService tenants, DeliveryAnswers answers, Deliveries deliveries, Idempotency idempotency) {
        this.tenants = tenants;
        this.answers = answers;
        this.deliveries = deliveries;
        this.idempotency = idempotency;
    }

    @GetMapping("/deliveries")
    @Access(scope = WebhookController.SCOPE)
    @Operation(
            operationId = "listWebhookDeliveries",
            summary = "List what a webhook was told",
            description = DeliveryAnswers.LIST)
    Page<DeliveryResponse> list(
            @PathVariable TenantId tenantId,
            @PathVariable UUID id,
            @RequestParam(required = false) Delivery.@Nullable State state,
            Paging paging,
            Caller caller) {
        return answers.list(of(tenantId, caller), id, state, paging);
    }

    @GetMapping("/deliveries/{delivery}")
    @Access(scope = WebhookController.SCOPE)
    @Operation(operationId = "getWebhookDelivery", summary = "Read how a message went")
    DeliveryResponse read(
            @PathVariable TenantId tenantId, @PathVariable UUID id, @PathVariable UUID delivery, Caller caller) {
        return answers.read(of(tenantId, caller), id, delivery);
    }

    @PostMapping(path = "/test", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(scope = WebhookController.SCOPE)
    @Operation(
            operationId = "testWebhook",
            summary = "Send a webhook a message about nothing",
            description = "Its type is webhook.test. Location says where to read how it went.")
    @ApiResponse(
            responseCode = "202",
            description = "It is on its way.",
            content = @Content(schema = @Schema(implementation = DeliveryResponse.class)))
    ResponseEntity<?> test(
            @PathVariable TenantId tenantId,
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable WhyBody body,
            Caller caller,
            IdempotencyKey key) {
        return answers.test(of(tenantId, caller), id, key);
    }

    @PostMapping(path = "/deliveries/{delivery}/replay", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(scope = WebhookController.SCOPE)
    @Operation(
            operationId = "replayWebhookDelivery",
            summary = "Send a message once more",
            description = "With the same webhook-id, as a delivery of its own.")
    @ApiResponse(
            responseCode = "202",
            description = "It is on its way.",
            content = @Content(schema = @Schema(implementation = DeliveryResponse.class)))
    ResponseEntity<?> replay(
            @PathVariable TenantId tenantId,
            @PathVariable UUID id,
            @PathVariable UUID delivery,
            @RequestBody(required = false) @Nullable WhyBody body,
            Caller caller,
            IdempotencyKey key) {
        return answers.replay(of(tenantId, caller), id, delivery, key);
    }

    /** How many messages are on their way. */
    @Schema(name = "ReplayedEvents")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Replayed(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    description = "At most 10,000; where it is that many, go on after lastSequence.",
                    example = "101",
                    minimum = "0",
                    maximum = "10000")
            int replayed,

            @Nullable @Schema(description = "Of the last one; absent where there is none.", example = "200")
            Long lastSequence) {}

    @PostMapping(path = "/replay", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(scope = WebhookController.SCOPE)
    @Operation(
            operationId = "replayWebhookEvents",
            summary = "Tell a webhook of events once more",
            description =
                    "Of those in the range that are still kept and that it is told of by its types, 10,000 at most.")
    @ApiResponse(
            responseCode = "202",
            description = "They are on their way.",
            content = @Content(schema = @Schema(implementation = Replayed.class)))
    ResponseEntity<?> replayRange(
            @PathVariable TenantId tenantId,
            @PathVariable UUID id,
            @Valid @RequestBody ReplayRequest body,
            Caller caller,
            IdempotencyKey key) {
        var range = body.toRange();
        var tenant = tenants.idOf(tenantId, caller.reach());
        return idempotency.once(key, Scope.tenant(tenant), () -> {
            var replayed = deliveries.replay(tenant, id, range);
            return ResponseEntity.accepted().body(new Replayed(replayed.count(), replayed.lastSequence()));
        });
    }

    private WebhookOwner of(TenantId tenantId, Caller caller) {
        return WebhookController.of(tenants.idOf(tenantId, caller.reach()), tenantId);
    }
}
