package com.misybot.tenancy.tenant.web;

import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.web.Causes;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Why a tenant is moved. */
@Schema(name = "Move")
record MoveRequest(
        @Schema(description = "Why.", example = "Contract renewed", minLength = 1, maxLength = 500) @Nullable
        String reason,

        @Schema(description = "The caller's reference.", example = "OPS-1234", minLength = 1, maxLength = 500) @Nullable
        String ticket) {

    static Cause with(Cause cause, @Nullable MoveRequest body) {
        return body == null ? cause : Causes.with(cause, body.reason, body.ticket);
    }
}
