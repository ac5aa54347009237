package com.misybot.tenancy.tenant.web;

import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.web.Causes;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Why and until when a tenant is suspended. */
@Schema(name = "Suspension")
record SuspendRequest(
        @Schema(description = "Why.", example = "Invoice overdue", minLength = 1, maxLength = 500) @Nullable
        String reason,

        @Schema(description = "The caller's reference.", example = "OPS-1234", minLength = 1, maxLength = 500) @Nullable
        String ticket,

        @Schema(description = "When the suspension ends by itself.", example = "2030-01-01T00:00:00Z", maxLength = 30)
        @Nullable
        Instant until) {

    @Nullable
    Instant end() {
        return until == null ? null : until.truncatedTo(ChronoUnit.MICROS);
    }

    static Cause with(Cause cause, @Nullable SuspendRequest body) {
        return body == null ? cause : Causes.with(cause, body.reason, body.ticket);
    }
}
