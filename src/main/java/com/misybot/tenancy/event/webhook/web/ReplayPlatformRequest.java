package com.misybot.tenancy.event.webhook.web;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which events a webhook of the platform is told of once more: those of a time, both ends included. */
@Schema(name = "ReplayPlatformEvents")
record ReplayPlatformRequest(
        @NotNull @Schema(description = "From this time on.") Instant from,

        @Nullable @Schema(description = "Up to this time; to the last where it is left out.")
        Instant to,

        @Nullable @Schema(description = "Why, in the caller's words.", example = "lost by an outage", maxLength = 500)
        String reason,

        @Nullable @Schema(description = "The caller's reference.", example = "OPS-17", maxLength = 500)
        String ticket) {}
