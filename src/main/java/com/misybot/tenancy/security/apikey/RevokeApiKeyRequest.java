package com.misybot.tenancy.security.apikey;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Why a key is revoked. */
record RevokeApiKeyRequest(
        @Nullable @Schema(description = "Why, in the caller's words.")
        String reason,

        @Nullable @Schema(description = "The caller's reference.")
        String ticket) {}
