package com.misybot.tenancy.audit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.audit.ChainCheck;
import com.misybot.tenancy.audit.Verification;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What the verification of a trail has found. */
@Schema(
        name = "AuditVerdict",
        requiredProperties = {"valid", "entries", "shredded"})
@JsonInclude(JsonInclude.Include.NON_NULL)
record VerdictResponse(
        @Schema(description = "Whether every entry is as it was written.")
        boolean valid,

        @Schema(description = "How many were good.", minimum = "0")
        long entries,

        @Nullable @Schema(description = "Number of the first.", minimum = "1")
        Long first,

        @Nullable @Schema(description = "Number of the last that was good.", minimum = "1")
        Long last,

        @Nullable @Schema(description = "Hash of that one: keep it with its number.", minLength = 64, maxLength = 64)
        String head,

        @Schema(description = "How many have no details any more.", minimum = "0")
        long shredded,

        @Nullable FaultBody fault) {

    /** The first thing that is wrong. */
    @Schema(
            name = "AuditFault",
            requiredProperties = {"seq", "why", "detail"})
    record FaultBody(
            @Schema(description = "The first entry that it is wrong with.", minimum = "1")
            long seq,

            ChainCheck.Why why,
            @Schema(maxLength = 256) String detail) {}

    static VerdictResponse from(Verification.Verdict verdict) {
        var check = verdict.check();
        var fault = verdict.fault();
        var head = check.head();
        var some = check.entries() > 0;
        return new VerdictResponse(
                fault == null,
                check.entries(),
                some ? check.first() : null,
                some ? check.last() : null,
                some && head != null ? HexFormat.of().formatHex(head) : null,
                check.shredded(),
                fault == null ? null : new FaultBody(fault.seq(), fault.why(), fault.detail()));
    }
}
