package com.misybot.tenancy.document.mongo;

import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.WebProblem;
import java.time.Duration;

/** MongoDB did not answer in time, refused, or is not asked at all for the moment: 503. What it was asked to do may be done. */
public final class MongoAwayException extends ProblemException {

    private static final long serialVersionUID = 1L;
    private static final Duration AGAIN = Duration.ofSeconds(1);

    MongoAwayException() {
        super(Problem.of(
                        WebProblem.UNAVAILABLE,
                        "Documents cannot be reached now: repeat the request after the time that Retry-After says.")
                .retryAfter(AGAIN));
    }
}
