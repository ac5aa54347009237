package com.misybot.tenancy.context.session;

import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemCode;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.WebProblem;
import java.time.Duration;
import org.springframework.http.HttpStatus;

/** Why there is no session. */
public enum SessionProblem implements ProblemCode {
    SESSIONS_OFF(HttpStatus.NOT_IMPLEMENTED, "There are no sessions without Redis"),
    UNKNOWN_SESSION(HttpStatus.NOT_FOUND, "There is no such session"),
    SESSION_BUSY(HttpStatus.CONFLICT, "Others change the session all the time"),
    SECRET_REFUSED(HttpStatus.FORBIDDEN, "The secret is not accepted"),
    BEYOND_LIMITS(HttpStatus.UNPROCESSABLE_CONTENT, "The tenant's limits do not allow this");

    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final HttpStatus status;
    private final String title;

    SessionProblem(HttpStatus status, String title) {
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

    static ProblemException off() {
        return new ProblemException(SESSIONS_OFF, "Sessions live in Redis alone: configure spring.data.redis.");
    }

    static ProblemException away() {
        return Problem.of(
                        WebProblem.UNAVAILABLE,
                        "Sessions cannot be asked for now: repeat the request after the time that Retry-After says.")
                .retryAfter(AGAIN)
                .asException();
    }

    static ProblemException unknown() {
        return new ProblemException(
                UNKNOWN_SESSION, "The tenant has no live session with this id: it has ended, or there was none.");
    }

    static ProblemException busy() {
        return new ProblemException(
                SESSION_BUSY,
                "Others have changed the session whenever this change was about to be made: repeat it when there are fewer.");
    }

    static ProblemException secretRefused() {
        return new ProblemException(
                SECRET_REFUSED, "Send a secret of an active tenant that is not revoked or expired.");
    }

    static ProblemException tooManyStarts(Duration wait) {
        return Problem.of(
                        WebProblem.TOO_MANY_REQUESTS,
                        "This client has started too many sessions: wait for as long as Retry-After says.")
                .retryAfter(wait.plusMillis(999))
                .asException();
    }
}
