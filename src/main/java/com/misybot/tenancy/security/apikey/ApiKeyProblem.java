package com.misybot.tenancy.security.apikey;

import com.misybot.tenancy.web.ProblemCode;
import org.springframework.http.HttpStatus;

/** What can be wrong with a request about API keys. */
enum ApiKeyProblem implements ProblemCode {
    BEYOND_OWN_ACCESS(HttpStatus.FORBIDDEN, "The key would be allowed more than the one that asks for it"),
    PRINCIPAL_TAKEN(HttpStatus.CONFLICT, "The principal belongs to another key"),
    KEY_NOT_ACTIVE(HttpStatus.CONFLICT, "The key is expired or revoked"),
    KEY_ALREADY_ROTATED(HttpStatus.CONFLICT, "The key has a successor");

    private final HttpStatus status;
    private final String title;

    ApiKeyProblem(HttpStatus status, String title) {
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
