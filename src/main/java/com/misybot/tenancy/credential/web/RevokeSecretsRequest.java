package com.misybot.tenancy.credential.web;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Why all secrets are revoked. */
@Schema(name = "RevokeSecrets")
record RevokeSecretsRequest(
        @Nullable @Schema(description = "Why; required here or in X-Reason.", example = "leaked", maxLength = 500)
        String reason,

        @Nullable @Schema(description = "The caller's reference.", example = "OPS-17", maxLength = 500)
        String ticket) {}
