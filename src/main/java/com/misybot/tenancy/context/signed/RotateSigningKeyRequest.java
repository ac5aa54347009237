package com.misybot.tenancy.context.signed;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How the signing key is rotated. */
record RotateSigningKeyRequest(
        @Nullable
        @Schema(
                description =
                        "Replace every key at once, as for one that somebody else may have: what was signed before is"
                                + " refused by whoever reads the keys anew. Takes a reason.",
                defaultValue = "false")
        Boolean atOnce,

        @Nullable @Schema(description = "Why, in the caller's words.")
        String reason,

        @Nullable @Schema(description = "The caller's reference.")
        String ticket) {}
