package com.misybot.tenancy.web;

import com.misybot.tenancy.kernel.Cause;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body of an action that needs to be told nothing but why it is done.
 *
 * @param reason why; see {@link Causes}
 * @param ticket the caller's reference
 */
@Schema(name = "Why")
public record WhyBody(
        @Schema(
                description = "Why; where the action needs a reason, here or in X-Reason.",
                example = "Contract renewed",
                minLength = 1,
                maxLength = 500)
        @Nullable
        String reason,

        @Schema(description = "The caller's reference.", example = "OPS-1234", minLength = 1, maxLength = 500) @Nullable
        String ticket) {

    /**
     * What the headers and the body say together; the body may be left out.
     *
     * @throws ProblemException 400 where they differ, or a text has not 1 to 500 characters
     */
    public static Cause with(Cause cause, @Nullable WhyBody body) {
        return body == null ? cause : Causes.with(cause, body.reason, body.ticket);
    }
}
