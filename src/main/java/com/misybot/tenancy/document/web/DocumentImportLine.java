package com.misybot.tenancy.document.web;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A line of the answer to an import, as the description of the API shows it; {@link DocumentImportAnswer} writes it. */
@Schema(
        name = "DocumentImportResult",
        description = "What became of a line; the last line of the answer has the summary and nothing else.")
record DocumentImportLine(
        @Schema(description = "The number of the line, from 1.", example = "17", minimum = "1") @Nullable
        Long line,

        @Schema(
                description = "What was done.",
                allowableValues = {"created", "replaced", "refused"},
                example = "created")
        @Nullable
        String status,

        @Schema(description = "The document of the line, where it names one.", example = "c-4711", maxLength = 128)
        @Nullable
        String id,

        @Schema(description = "Why it was refused (RFC 9457).", ref = "#/components/schemas/Problem") @Nullable
        Object problem,

        @Nullable Summary summary) {

    /** Counts of a whole import. */
    @Schema(name = "DocumentImportSummary")
    record Summary(
            @Schema(example = "90") long created,
            @Schema(example = "0") long replaced,
            @Schema(example = "9") long refused) {}
}
