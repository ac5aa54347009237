package com.misybot.tenancy.tenant.web;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A line of the answer to an import, as the description of the API shows it; {@link ImportAnswer} writes it. */
@Schema(
        name = "ImportResult",
        description = "What became of a line; the last line of the answer has the summary and nothing else.")
record ImportAnswerLine(
        @Schema(
                description = "The number of the line, from 1; in CSV that on which the row begins.",
                example = "17",
                minimum = "1")
        @Nullable
        Long line,

        @Schema(
                description = "What was done.",
                allowableValues = {"created", "updated", "unchanged", "refused"},
                example = "created")
        @Nullable
        String status,

        @Schema(description = "The tenant of the line, where it names one.", example = "acme-dental", maxLength = 63)
        @Nullable
        String tenantId,

        @Schema(description = "Why it was refused (RFC 9457).", ref = "#/components/schemas/Problem") @Nullable
        Object problem,

        @Nullable Summary summary) {

    /** Counts of a whole import. */
    @Schema(name = "ImportSummary")
    record Summary(
            @Schema(description = "All lines: those with a result and those that are blank.", example = "100")
            long lines,

            @Schema(example = "90") long created,
            @Schema(example = "0") long updated,
            @Schema(example = "0") long unchanged,
            @Schema(example = "9") long refused,

            @Schema(description = "Lines with nothing on them.", example = "1")
            long blank,

            @Schema(example = "false") boolean dryRun) {}
}
