package com.misybot.tenancy.audit.web;

import com.misybot.tenancy.audit.Verification.Kept;
import com.misybot.tenancy.audit.Verification.Part;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which part of a trail is verified, and what it must lead through. */
record VerifyQuery(
        @Parameter(
                description = "Number of the first entry.",
                schema = @Schema(type = "integer", format = "int64", minimum = "1"))
        @Nullable
        Long from,

        @Parameter(
                description = "Number of the last entry.",
                schema = @Schema(type = "integer", format = "int64", minimum = "1"))
        @Nullable
        Long to,

        @Parameter(
                description =
                        "What you have kept of an earlier day, seq:hash: proves that today's trail is that one with more behind it.",
                schema = @Schema(type = "string", pattern = CHECKPOINT, maxLength = 84))
        @Nullable
        String checkpoint) {

    private static final String CHECKPOINT = "^[1-9][0-9]{0,17}:[0-9a-f]{64}$";

    Part toPart() {
        var first = Objects.requireNonNullElse(from, 1L);
        var last = Objects.requireNonNullElse(to, Long.MAX_VALUE);
        if (first < 1 || last < first) {
            throw ProblemException.invalid(
                    FieldError.query(first < 1 ? "from" : "to", FieldError.RANGE, "A part has 1 <= from <= to."));
        }
        return new Part(first, last, kept());
    }

    private @Nullable Kept kept() {
        if (checkpoint == null) {
            return null;
        }
        if (!checkpoint.matches(CHECKPOINT)) {
            throw ProblemException.invalid(FieldError.query(
                    "checkpoint",
                    FieldError.FORMAT,
                    "Give seq:hash, the hash as 64 hexadecimal digits in lower case."));
        }
        var colon = checkpoint.indexOf(':');
        return new Kept(
                Long.parseLong(checkpoint.substring(0, colon)),
                HexFormat.of().parseHex(checkpoint.substring(colon + 1)));
    }
}
