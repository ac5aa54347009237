package com.misybot.tenancy.security.apikey;

import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a key is rotated. */
record RotateApiKeyRequest(
        @Nullable
        @Schema(
                type = "string",
                description = "How long the old key is accepted still, `PT0S` to `P7D`; a day where it is left out.",
                example = "PT24H")
        Duration overlap,

        @Nullable
        @Schema(description = "When the new key ends; the lifetime the old one was given where it is left out.")
        Instant expiresAt,

        @Nullable @Schema(description = "Why, in the caller's words.")
        String reason,

        @Nullable @Schema(description = "The caller's reference.")
        String ticket) {

    private static final Duration DEFAULT = Duration.ofDays(1);
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
