package com.misybot.tenancy.credential.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a secret is rotated. */
@Schema(name = "RotateSecret")
record RotateSecretRequest(
        @Nullable
        @Schema(
                type = "string",
                description =
                        "How long the latest secret is accepted still, `PT0S` to `P7D`. By default `PT1H`, and `PT0S` where the reason"
                                + " is `leaked`.",
                example = "PT2H",
                maxLength = 40)
        Duration overlap,

        @Nullable @Schema(description = "When the new secret ends; never where it is left out.")
        Instant expiresAt,

        @Nullable @Schema(description = "Why, in the caller's words.", example = "quarterly rotation", maxLength = 500)
        String reason,

        @Nullable @Schema(description = "The caller's reference.", example = "OPS-17", maxLength = 500)
        String ticket) {

    static final RotateSecretRequest NOTHING = new RotateSecretRequest(null, null, null, null);
}
