package com.misybot.tenancy.web;

import com.misybot.tenancy.kernel.Cause;
import org.jspecify.annotations.Nullable;

/**
 * Why a caller changes something. A handler method takes a {@link Cause} as a parameter: its actor is the caller, reason and
 * ticket come from {@code X-Reason} and {@code X-Ticket} (percent-encoded UTF-8). An action adds what its body says with
 * {@link #with}.
 */
public final class Causes {

    /** Header with the reason. */
    public static final String REASON = "X-Reason";

    /** Header with the reference. */
    public static final String TICKET = "X-Ticket";

    /** Longest reason and longest ticket, in characters (code points). */
    public static final int MAX_LENGTH = 500;

    private Causes() {}

    /**
     * Adds what the body of an action says.
     *
     * @throws ProblemException 400 where header and body differ, or a text has not 1 to 500 characters
     */
    public static Cause with(Cause cause, @Nullable String reason, @Nullable String ticket) {
        return new Cause(
                cause.actor(),
                merged(cause.reason(), reason, "/reason", REASON),
                merged(cause.ticket(), ticket, "/ticket", TICKET),
                cause.sender());
    }

    /**
     * Refuses a change without a reason.
     *
     * @throws ProblemException 422 {@code reason_required}
     */
    public static Cause required(Cause cause) {
        if (cause.reason() == null) {
            throw new ProblemException(
                    WebProblem.REASON_REQUIRED,
                    "Say why: give reason (1 to 500 characters) in the body of an action, or X-Reason where there is none.");
        }
        return cause;
    }

    private static @Nullable String merged(
            @Nullable String header, @Nullable String body, String pointer, String headerName) {
        if (body == null) {
            return header;
        }
        if (!isGood(body)) {
            throw ProblemException.invalid(
                    pointer, FieldError.LENGTH, "Give 1 to 500 characters, not all of them blank.");
        }
        if (header != null && !header.equals(body)) {
            throw ProblemException.invalid(
                    pointer, "ambiguous", "The body and " + headerName + " say different things: send one of them.");
        }
        return body;
    }

    /** Whether a reason or ticket may be taken as it is. */
    public static boolean isGood(String text) {
        return !text.isBlank() && text.codePointCount(0, text.length()) <= MAX_LENGTH;
    }
}
