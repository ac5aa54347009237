package com.misybot.tenancy.context;

import com.misybot.tenancy.web.ProblemCode;
import com.misybot.tenancy.web.ProblemException;
import org.springframework.http.HttpStatus;

/** Why a site, a secret or a session leads to no context. */
public enum ContextProblem implements ProblemCode {
    UNKNOWN_SITE(HttpStatus.NOT_FOUND, "There is no such site"),
    UNKNOWN_TENANT(HttpStatus.NOT_FOUND, "The tenant a request was said to be for does not exist"),
    ORIGIN_NOT_ALLOWED(HttpStatus.FORBIDDEN, "The tenant does not allow this origin"),
    AUDIENCE_NOT_ALLOWED(HttpStatus.FORBIDDEN, "The caller may not ask for this audience"),
    TENANT_SUSPENDED(HttpStatus.FORBIDDEN, "The tenant is suspended"),
    TENANT_NOT_ACTIVE(HttpStatus.FORBIDDEN, "The tenant is not active");

    private final HttpStatus status;
    private final String title;

    ContextProblem(HttpStatus status, String title) {
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

    static ProblemException unknownSite() {
        return new ProblemException(UNKNOWN_SITE, "No tenant has this siteId: check it, it is case-sensitive.");
    }

    /** The tenant that the caller says its request is for does not exist, or not for this caller. */
    public static ProblemException unknownTenant() {
        return new ProblemException(
                UNKNOWN_TENANT, "No tenant has the id that Misy-Tenant or misy.tenant of the baggage names.");
    }

    static ProblemException originNotAllowed() {
        return new ProblemException(
                ORIGIN_NOT_ALLOWED,
                "Add the origin to the tenant's allowedOrigins; GET /tenants/{tenantId}/origin-check says why it is refused.");
    }

    /** What the state of a tenant that is not ACTIVE is answered with. */
    static ProblemException of(KnownTenant tenant) {
        return switch (tenant.status()) {
            case SUSPENDED -> new ProblemException(TENANT_SUSPENDED, "An operator can resume the tenant.");
            case PENDING_DELETION, PURGING, PURGED -> unknownSite();
            case PENDING, PROVISIONING, PROVISIONING_FAILED, DEACTIVATED, ACTIVE ->
                new ProblemException(TENANT_NOT_ACTIVE, "Only an active tenant is served.");
        };
    }
}
