package com.misybot.tenancy.audit.web;

import com.misybot.tenancy.audit.Entry;
import com.misybot.tenancy.audit.EntryFilter;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The filters of a trail, as a client writes them. */
record AuditQuery(
        @Parameter(description = "At this instant or later.") @Nullable
        Instant from,

        @Parameter(description = "Before this instant.") @Nullable
        Instant to,

        @Parameter(
                description = "By this actor, as kind:id.",
                schema = @Schema(type = "string", pattern = ACTOR, maxLength = 600))
        @Nullable
        String actor,

        @Parameter(
                description = "This action.",
                schema = @Schema(type = "string", pattern = "^[\\s\\S]*$", maxLength = 256))
        @Nullable
        String action,

        @Parameter(
                description = "About this resource.",
                schema = @Schema(type = "string", pattern = "^[\\s\\S]*$", maxLength = 1_024))
        @Nullable
        String resource,

        @Parameter(
                description = "With this outcome.",
                schema =
                        @Schema(
                                type = "string",
                                allowableValues = {"DONE", "REFUSED", "READ", "NOTED"}))
        @Nullable
        String outcome) {

    private static final String ACTOR = "^(operator|service|tenant|system):[\\s\\S]+$";

    EntryFilter toFilter() {
        if (actor != null && (!actor.matches(ACTOR) || actor.indexOf(0) >= 0)) {
            throw ProblemException.invalid(FieldError.query(
                    "actor",
                    FieldError.FORMAT,
                    "Give operator:…, service:…, tenant:… or system:…, as entries name it."));
        }
        return new EntryFilter(from, to, actor, storable("action", action), storable("resource", resource), known());
    }

    private static @Nullable String storable(String name, @Nullable String text) {
        if (text != null && text.indexOf('\0') >= 0) {
            throw ProblemException.invalid(
                    FieldError.query(name, FieldError.FORMAT, "No entry contains the character U+0000."));
        }
        return text;
    }

    private Entry.@Nullable Outcome known() {
        if (outcome == null) {
            return null;
        }
        for (var one : Entry.Outcome.values()) {
            if (one.name().equals(outcome)) {
                return one;
            }
        }
        throw ProblemException.invalid(
                FieldError.query("outcome", FieldError.ENUM, "Give one of DONE, REFUSED, READ, NOTED."));
    }
}
