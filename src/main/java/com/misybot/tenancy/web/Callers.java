package com.misybot.tenancy.web;

import com.misybot.tenancy.kernel.Caller;
import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/** The authenticated caller of a request, which security leaves in an attribute of it. */
public final class Callers {

    /** Name of the attribute. */
    public static final String ATTRIBUTE = Caller.class.getName();

    private Callers() {}

    /** The caller; null where no credential was sent. */
    public static @Nullable Caller of(ServletRequest request) {
        return (Caller) request.getAttribute(ATTRIBUTE);
    }

    /**
     * The caller.
     *
     * @throws ProblemException 401 where no credential was sent
     */
    public static Caller require(ServletRequest request) {
        var caller = of(request);
        if (caller == null) {
            throw Problem.of(WebProblem.UNAUTHENTICATED, "Send a credential: Authorization: Bearer …")
                    .withHeader("WWW-Authenticate", "Bearer")
                    .asException();
        }
        return caller;
    }

    /** Says who the caller is. */
    public static void keep(ServletRequest request, Caller caller) {
        request.setAttribute(ATTRIBUTE, caller);
    }
}
