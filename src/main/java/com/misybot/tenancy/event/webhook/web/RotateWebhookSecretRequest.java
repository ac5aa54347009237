package com.misybot.tenancy.event.webhook.web;

import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How the signing secret of a webhook is rotated. */
@Schema(name = "RotateWebhookSecret")
record RotateWebhookSecretRequest(
        @Nullable
        @Schema(
                type = "string",
                description =
                        "How long messages are signed with the secret before as well, `PT0S` to `P7D`. `PT24H` where it is left out.",
                example = "PT2H",
                maxLength = 40)
        Duration overlap,

        @Nullable @Schema(description = "Why, in the caller's words.", example = "quarterly rotation", maxLength = 500)
        String reason,

        @Nullable @Schema(description = "The caller's reference.", example = "OPS-17", maxLength = 500)
        String ticket) {

    static final RotateWebhookSecretRequest NOTHING = new RotateWebhookSecretRequest(null, null, null);

    private static final Duration DEFAULT = Duration.ofHours(24);
    private static final Duration LONGEST = Duration.ofDays(7);

    Duration overlapOrDefault() {
        if (overlap == null) {
            return DEFAULT;
        }
        if (overlap.isNegative() || overlap.compareTo(LONGEST) > 0) {
            throw ProblemException.invalid("/overlap", FieldError.RANGE, "An overlap lasts from PT0S to P7D.");
        }
        return overlap;
    }
}
