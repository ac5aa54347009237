package com.misybot.tenancy.isolation.probe;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * One way that was tried, and what came of it.
 *
 * @param way what was tried, in a few words
 * @param outcome what came of it
 * @param detail what the store said, without data
 */
@Schema(requiredProperties = {"way", "outcome", "detail"})
public record ProbeAttempt(
        @Schema(description = "What was tried.", example = "update with a predicate", maxLength = 200)
        String way,

        Outcome outcome,

        @Schema(description = "What the store said.", example = "42501", maxLength = 500)
        String detail) {

    /** What came of an attempt. */
    public enum Outcome {
        /** The store refused it. */
        DENIED,
        /** The store did it, and there was nothing of the other tenant in reach. */
        NOTHING,
        /** It reached the other tenant. */
        REACHED,
        /** Something else went wrong, so that it proves nothing. */
        UNCLEAR
    }

    /** Whether this is as it must be. */
    boolean isClean() {
        return outcome == Outcome.DENIED || outcome == Outcome.NOTHING;
    }
}
