package com.misybot.tenancy.context.limit;

import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.WebProblem;
import java.time.Duration;

/**
 * How a rate is told: {@code RateLimit-Policy} and {@code RateLimit} of draft-ietf-httpapi-ratelimit-headers-11, and the
 * problem of who is beyond it.
 */
final class RateFields {

    static final String POLICY = "RateLimit-Policy";
    static final String LIMIT = "RateLimit";

    private RateFields() {}

    /** How much in which time: {@code "resolve";q=200;w=1}. */
    static String policy(String name, int perSecond) {
        return '"' + name + "\";q=" + perSecond + ";w=1";
    }

    /** What is left for how long: {@code "resolve";r=37;t=1}. */
    static String left(String name, int left, long seconds) {
        return '"' + name + "\";r=" + left + ";t=" + seconds;
    }

    static ProblemException refusal(String name, int perSecond, Duration wait) {
        var seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return Problem.of(
                        WebProblem.TOO_MANY_REQUESTS,
                        "The rate " + name + " allows " + perSecond
                                + " a second: send fewer, and repeat this after the time that Retry-After says.")
                .retryAfter(Duration.ofSeconds(seconds))
                .withHeader(POLICY, policy(name, perSecond))
                .withHeader(LIMIT, left(name, 0, seconds))
                .asException();
    }
}
