package com.misybot.tenancy.event.webhook.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.event.CloudEvents;
import com.misybot.tenancy.event.webhook.Delivery;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One message to one webhook. */
@Schema(
        name = "WebhookDelivery",
        requiredProperties = {"id", "event", "source", "type", "state", "attempt", "createdAt"},
        example = DeliveryResponse.EXAMPLE)
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeliveryResponse(
        UUID id,

        @Schema(description = "The event, and the header webhook-id of the message.")
        UUID event,

        @Schema(
                description = "Of the event: /tenants/ and the UUID of its tenant, or /platform.",
                example = "/tenants/01930f0a-6b1e-7c3a-9d2e-4f5a6b7c8d9e",
                maxLength = 100)
        String source,

        @Nullable @Schema(description = "Of the event among those of its source; absent for a test.", example = "42")
        Long sequence,

        @Schema(description = "Of the event.", example = "tenant.suspended", maxLength = 100)
        String type,

        @Schema(
                description =
                        "PENDING: it is sent, or sent again. DELIVERED: it was answered with 200 to 299. FAILED: there is no"
                                + " attempt any more. CANCELLED: the webhook was disabled before.")
        Delivery.State state,

        @Schema(
                description = "Attempts so far; status, latency and error are of the last.",
                example = "1",
                minimum = "0")
        int attempt,

        @Nullable @Schema(description = "When it is sent again.")
        Instant nextAttemptAt,

        @Nullable @Schema(description = "Of the answer; absent where nobody answered.", example = "200")
        Integer status,

        @Nullable @Schema(description = "Milliseconds until the end of the answer.", example = "38")
        Integer latencyMs,

        @Nullable
        @Schema(
                description =
                        "Why it was not accepted: `status`; `unreachable`, its name has no address or one that is not called;"
                                + " `connect`, `tls`, `timeout`, `broken`; `event_gone`, the event is not kept any more.",
                example = "timeout",
                maxLength = 20)
        String error,

        Instant createdAt,
        @Nullable Instant attemptedAt) {

    static final String EXAMPLE = """
            {"id":"019aaf2c-7f3e-7c11-a7c1-7c1a3f0f9b52","event":"019aaf2c-7f3e-7c11-a7c1-7c1a3f0f9b52",\
            "source":"/tenants/01930f0a-6b1e-7c3a-9d2e-4f5a6b7c8d9e","sequence":42,\
            "type":"tenant.suspended","state":"DELIVERED","attempt":1,"status":200,"latencyMs":38,\
            "createdAt":"2026-11-23T14:35:49.145407Z","attemptedAt":"2026-11-23T14:35:49.198011Z"}""";

    static DeliveryResponse from(Delivery delivery) {
        var about = delivery.about();
        return new DeliveryResponse(
                delivery.id(),
                about.event(),
                CloudEvents.source(about.tenant()),
                about.sequence() == 0 ? null : about.sequence(),
                about.type(),
                delivery.state(),
                delivery.attempt(),
                delivery.nextAt(),
                delivery.status(),
                delivery.latencyMs(),
                delivery.error(),
                delivery.createdAt(),
                delivery.attemptedAt());
    }
}
