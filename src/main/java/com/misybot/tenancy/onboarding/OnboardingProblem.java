package com.misybot.tenancy.onboarding;

import static org.springframework.http.HttpStatus.BAD_REQUEST;
import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.FORBIDDEN;
import static org.springframework.http.HttpStatus.GONE;
import static org.springframework.http.HttpStatus.NOT_FOUND;
import static org.springframework.http.HttpStatus.UNPROCESSABLE_CONTENT;

import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemCode;
import com.misybot.tenancy.web.ProblemException;
import java.util.UUID;
import org.springframework.http.HttpStatus;

/** What onboarding refuses, and how it says so. */
public enum OnboardingProblem implements ProblemCode {
    TOKEN_MALFORMED(BAD_REQUEST, "This is not a whole link or code"),
    WHOLE_REACH_REQUIRED(FORBIDDEN, "The credential is limited to some tenants"),
    TOKEN_UNKNOWN(NOT_FOUND, "Nothing is known of this link or code"),
    APPLICATION_STATE(CONFLICT, "The application's state does not allow this move"),
    APPLICATION_RUNNING(CONFLICT, "Another application of this address for this host is running"),
    TOKEN_USED(GONE, "This link has been used"),
    TOKEN_EXPIRED(GONE, "This link has expired"),
    TOKEN_NOT_FOR_THIS(UNPROCESSABLE_CONTENT, "This link or code is for something else"),
    EMAIL_DISPOSABLE(UNPROCESSABLE_CONTENT, "The address is one that nobody keeps"),
    INVITATION_REFUSED(UNPROCESSABLE_CONTENT, "The invitation is not accepted");

    private final HttpStatus status;
    private final String title;

    OnboardingProblem(HttpStatus status, String title) {
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

    static ProblemException illegal(UUID application, ApplicationState state, ApplicationState next) {
        return Problem.of(
                        APPLICATION_STATE,
                        "Application " + application + " is " + state + ": it cannot become " + next + " now.")
                .with("allowed", state.moves())
                .asException();
    }

    /** An application has no labels, plan or region yet by which it could be within a part of all tenants. */
    static void requireWhole(Reach reach) {
        if (!reach.isAll()) {
            throw new ProblemException(
                    WHOLE_REACH_REQUIRED,
                    "Whoever applies is no tenant yet: this takes a credential that reaches every tenant.");
        }
    }
}
