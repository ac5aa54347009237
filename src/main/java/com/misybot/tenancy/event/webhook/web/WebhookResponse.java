package com.misybot.tenancy.event.webhook.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.event.webhook.TypePattern;
import com.misybot.tenancy.event.webhook.Webhook;
import com.misybot.tenancy.event.webhook.Webhooks;
import com.misybot.tenancy.kernel.OneTimeSecret;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A webhook on the wire. */
@Schema(
        name = "Webhook",
        requiredProperties = {
            "id",
            "url",
            "types",
            "state",
            "version",
            "createdAt",
            "createdBy",
            "updatedAt",
            "updatedBy"
        },
        example = WebhookResponse.EXAMPLE)
@JsonInclude(JsonInclude.Include.NON_NULL)
record WebhookResponse(
        UUID id,

        @Schema(description = "Who is told, in its canonical spelling.", maxLength = 2_048)
        String url,

        @Schema(description = "Of what.") List<String> types,

        @Nullable @Schema(description = "For people.", maxLength = 500)
        String description,

        @Schema(description = "Whether it is told.") WebhookState state,

        @Schema(
                description =
                        "Why not: CALLER, a client said so; GONE, its server answered 410; FAILING, it accepted nothing for"
                                + " too long.")
        Webhook.@Nullable Because disabledBecause,

        @Nullable @Schema(description = "Since when it has accepted nothing, though some was sent.")
        Instant failingSince,

        @Nullable @Schema(description = "Until when messages are signed with the secret before as well.")
        Instant previousSecretUntil,

        @Schema(description = "Raised by 1 with every change.")
        long version,

        Instant createdAt,
        @Schema(maxLength = 200) String createdBy,
        Instant updatedAt,
        @Schema(maxLength = 200) String updatedBy,

        @Nullable
        @Schema(
                types = {"string", "null"},
                description =
                        "The signing secret. Shown this once; null where the request is repeated under its Idempotency-Key.",
                maxLength = 80)
        OneTimeSecret secret,

        @Nullable @Schema(description = "That a secret was issued and is not shown again.")
        Boolean secretWithheld) {

    static final String EXAMPLE = """
            {"id":"019aaf2c-7f3e-7c11-a7c1-7c1a3f0f9b52","url":"https://hooks.example.com/misybot",\
            "types":["tenant.*","secret.rotated"],"description":"Billing","state":"ENABLED","version":1,\
            "createdAt":"2026-11-23T14:35:49.145407Z","createdBy":"operator:ops-anna",\
            "updatedAt":"2026-11-23T14:35:49.145407Z","updatedBy":"operator:ops-anna"}""";

    /** Fields a client may send back as they are, and never change. */
    static final Set<String> READ_ONLY = Set.of(
            "id",
            "disabledBecause",
            "failingSince",
            "previousSecretUntil",
            "version",
            "createdAt",
            "createdBy",
            "updatedAt",
            "updatedBy",
            "secret",
            "secretWithheld");

    static WebhookResponse from(Webhook webhook) {
        return from(webhook, null);
    }

    static WebhookResponse from(Webhooks.Issued issued) {
        return from(issued.webhook(), issued.secret());
    }

    private static WebhookResponse from(Webhook webhook, @Nullable OneTimeSecret secret) {
        var terms = webhook.terms();
        return new WebhookResponse(
                webhook.id(),
                terms.url().toString(),
                terms.types().stream().map(TypePattern::text).toList(),
                terms.description(),
                terms.enabled() ? WebhookState.ENABLED : WebhookState.DISABLED,
                webhook.disabledBecause(),
                webhook.failingSince(),
                webhook.previousUntil(),
                webhook.version(),
                webhook.createdAt(),
                webhook.createdBy(),
                webhook.updatedAt(),
                webhook.updatedBy(),
                secret,
                null);
    }
}
