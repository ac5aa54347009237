package com.misybot.tenancy.security;

import com.misybot.tenancy.web.ProblemCode;
import org.springframework.http.HttpStatus;

/** Why a caller is refused, beside what any route may answer. */
enum SecurityProblem implements ProblemCode {
    NETWORK_NOT_ALLOWED(HttpStatus.FORBIDDEN, "The credential may not come from this network"),
    TOO_MANY_FAILURES(HttpStatus.TOO_MANY_REQUESTS, "This key failed too often from this address"),
    ISSUER_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The issuer of the token does not answer");

    private final HttpStatus status;
    private final String title;

    SecurityProblem(HttpStatus status, String title) {
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
}
