package com.misybot.tenancy.tenant.web;

import com.misybot.tenancy.tenant.ServiceMove;
import com.misybot.tenancy.tenant.find.TenantFilter;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Which tenants are moved, and how. */
@Schema(name = "BulkMove", requiredProperties = "move")
record BulkMoveRequest(
        @Nullable @Schema(description = "What is done with each of them.", example = "suspend")
        ServiceMove move,

        @Nullable BulkFilter filter,

        @Nullable @Schema(description = "Every tenant within reach, in place of a filter.")
        Boolean all,

        @Nullable
        @Schema(description = "Why; required for suspend and deactivate.", example = "Trials end", maxLength = 500)
        String reason,

        @Nullable @Schema(description = "The caller's reference.", example = "OPS-17", maxLength = 500)
        String ticket,

        @Nullable
        @Schema(
                description = "When a suspension ends by itself; for suspend alone.",
                example = "2030-01-01T00:00:00Z",
                maxLength = 30)
        Instant until,

        @Nullable @Schema(description = "Whether nothing is changed, and each result tells what would become of it.")
        Boolean dryRun) {

    ServiceMove goodMove() {
        if (move == null) {
            throw ProblemException.invalid(
                    "/move", FieldError.REQUIRED, "Say what to do: suspend, resume, activate or deactivate.");
        }
        return move;
    }

    @Nullable
    Instant end() {
        if (until != null && move != ServiceMove.SUSPEND) {
            throw ProblemException.invalid("/until", "unexpected", "Only a suspension ends by itself.");
        }
        return until == null ? null : until.truncatedTo(ChronoUnit.MICROS);
    }

    /** Nobody means every tenant by having forgotten to say which. */
    TenantFilter goodFilter() {
        var given = filter == null ? TenantFilter.ALL : filter.toFilter();
        var everyone = given.equals(TenantFilter.ALL);
        if (Boolean.TRUE.equals(all) && !everyone) {
            throw ProblemException.invalid("/all", "ambiguous", "Give a filter or all, not both.");
        }
        if (everyone && !Boolean.TRUE.equals(all)) {
            throw ProblemException.invalid(
                    "/filter",
                    FieldError.REQUIRED,
                    "Say which tenants; for every one within your reach, send \"all\": true.");
        }
        return given;
    }
}
