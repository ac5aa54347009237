package com.misybot.tenancy.isolation.redis;

import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemCode;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.WebProblem;
import java.time.Duration;
import org.springframework.http.HttpStatus;

/** What is refused about namespaces, and how that is said. */
public enum NamespaceProblem implements ProblemCode {
    REDIS_OFF(HttpStatus.NOT_IMPLEMENTED, "There is no Redis"),
    REDIS_ACL_OFF(HttpStatus.NOT_IMPLEMENTED, "This Redis has no users for tenants"),
    NAMESPACE_CLOSED(HttpStatus.CONFLICT, "The namespace is closed");

    private final HttpStatus status;
    private final String title;

    NamespaceProblem(HttpStatus status, String title) {
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

    /** Refuses what takes users of Redis where there can be none. */
    static void requireUsers(AclState state) {
        switch (state) {
            case ON -> {}
            case OFF, FORBIDDEN ->
                throw new ProblemException(
                        REDIS_ACL_OFF,
                        "No users can be made in this Redis, so no tenant has credentials: have services for single tenants ask the"
                                + " API, or ask the operator for a Redis with ACL.");
            case NONE -> throw off();
            case AWAY -> throw away();
        }
    }

    static ProblemException off() {
        return new ProblemException(REDIS_OFF, "This service has no Redis: ask the operator to configure one.");
    }

    static ProblemException away() {
        return Problem.of(
                        WebProblem.UNAVAILABLE,
                        "Redis does not answer: repeat the request after the time that Retry-After says.")
                .retryAfter(Duration.ofSeconds(5))
                .asException();
    }
}
