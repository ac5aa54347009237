package com.misybot.tenancy.operation;

import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemCode;
import org.springframework.http.HttpStatus;

/** What can go wrong with operations. */
public enum OperationProblem implements ProblemCode {
    OPERATION_FAILED(HttpStatus.INTERNAL_SERVER_ERROR, "The operation failed"),
    OPERATION_ENDED(HttpStatus.CONFLICT, "The operation has ended"),
    OPERATION_NOT_CANCELLABLE(HttpStatus.CONFLICT, "The operation cannot be cancelled"),
    TOO_MANY_FOLLOWERS(HttpStatus.SERVICE_UNAVAILABLE, "Too many clients follow operations");

    private final HttpStatus status;
    private final String title;

    OperationProblem(HttpStatus status, String title) {
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

    static Failure failedForGood() {
        return Failure.of(
                Problem.of(
                        OPERATION_FAILED,
                        "It was tried again until the attempts were used up. Start it once more; where it fails again, report its id."));
    }

    static Failure failedAttempt() {
        return Failure.of(Problem.of(OPERATION_FAILED, "The step failed and is tried again while attempts are left."));
    }
}
