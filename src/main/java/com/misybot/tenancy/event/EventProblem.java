package com.misybot.tenancy.event;

import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemCode;
import com.misybot.tenancy.web.ProblemException;
import java.time.Duration;
import org.springframework.http.HttpStatus;

/** What can go wrong with events. */
public enum EventProblem implements ProblemCode {
    CURSOR_INVALID(HttpStatus.BAD_REQUEST, "The cursor is not one of this feed"),
    EVENTS_GONE(HttpStatus.GONE, "Events after the cursor are no longer kept"),
    TOO_MANY_STREAMS(HttpStatus.SERVICE_UNAVAILABLE, "Too many clients follow events");

    /** When to come back where all places are taken. */
    public static final Duration COME_BACK_IN = Duration.ofSeconds(2);

    private final HttpStatus status;
    private final String title;

    EventProblem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }

    /** Text that was never a cursor of this feed. */
    public static ProblemException invalid() {
        return new ProblemException(
                CURSOR_INVALID,
                "Send a cursor as this feed gave it: next of a page, cursor of a line, or the id of an event of the stream."
                        + " Leave it out to begin with the oldest event.");
    }

    /** Where something was deleted that the reader has not seen, or the database is not the one that gave the cursor. */
    public static ProblemException gone() {
        return new ProblemException(
                EVENTS_GONE,
                "Some events after this cursor were deleted by retention, or the database was restored from before it: read the"
                        + " present state of what you follow, then begin without a cursor.");
    }

    /** Where as many follow as can. */
    public static ProblemException tooMany() {
        return Problem.of(
                        TOO_MANY_STREAMS,
                        "As many streams of events are open here as can be: come back, or read page by page.")
                .retryAfter(COME_BACK_IN)
                .asException();
    }
}
