package com.misybot.tenancy.event.webhook.web;

import com.misybot.tenancy.event.webhook.Deliveries;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which events a webhook is told of once more: from one to another, both included, by sequence or by time. */
@Schema(name = "ReplayEvents")
record ReplayRequest(
        @Nullable @Min(1) @Schema(description = "From this sequence on.", example = "100")
        Long fromSequence,

        @Nullable
        @Min(1)
        @Schema(description = "Up to this sequence; to the last where it is left out.", example = "200")
        Long toSequence,

        @Nullable @Schema(description = "From this time on.")
        Instant from,

        @Nullable @Schema(description = "Up to this time.") Instant to,

        @Nullable @Schema(description = "Why, in the caller's words.", example = "lost by an outage", maxLength = 500)
        String reason,

        @Nullable @Schema(description = "The caller's reference.", example = "OPS-17", maxLength = 500)
        String ticket) {

    Deliveries.Range toRange() {
        if (fromSequence == null && from == null) {
            throw ProblemException.invalid(
                    "/fromSequence", FieldError.REQUIRED, "Say where to begin: fromSequence or from.");
        }
        return new Deliveries.Range(
                fromSequence == null ? 1 : fromSequence, toSequence == null ? Long.MAX_VALUE : toSequence, from, to);
    }
}
