package com.misybot.tenancy.isolation.web;

import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.web.Causes;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Why something is done to a namespace. */
@Schema(name = "NamespaceAction")
record NamespaceCause(
        @Nullable @Schema(description = "Why, in the caller's words.", example = "moved elsewhere", maxLength = 500)
        String reason,

        @Nullable @Schema(description = "The caller's reference.", example = "OPS-17", maxLength = 500)
        String ticket) {

    static Cause with(Cause cause, @Nullable NamespaceCause body) {
        return body == null ? cause : Causes.with(cause, body.reason, body.ticket);
    }
}
