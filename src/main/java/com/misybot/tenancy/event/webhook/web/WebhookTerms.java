package com.misybot.tenancy.event.webhook.web;

import com.misybot.tenancy.event.webhook.TypePattern;
import com.misybot.tenancy.event.webhook.Webhook;
import com.misybot.tenancy.event.webhook.Webhooks;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client may set of a webhook. */
@Schema(name = "WebhookTerms")
record WebhookTerms(
        @NotNull
        @Size(min = 1, max = 2_048)
        @Schema(
                description =
                        "Who is told: https, a host name with public addresses only, the port 443 or one from 1024 on.",
                example = "https://hooks.example.com/misybot")
        String url,

        @NotNull
        @Size(min = 1, max = 100)
        @Schema(
                description = "Of what: types, beginnings of types with `.*`, or `*` for all.",
                example = "[\"tenant.*\",\"secret.rotated\"]")
        List<@NotNull @Size(max = TypePattern.MAX_LENGTH) @Pattern(regexp = TypePattern.FORM) String> types,

        @Nullable @Size(max = 500) @Schema(description = "For people.", example = "Billing")
        String description,

        @Nullable @Schema(description = "ENABLED where it is left out.")
        WebhookState state) {

    Webhook.Terms toTerms(Webhooks webhooks) {
        return new Webhook.Terms(
                webhooks.url(url),
                types.stream().distinct().map(TypePattern::new).toList(),
                description,
                state != WebhookState.DISABLED);
    }
}
