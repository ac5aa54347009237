package com.misybot.tenancy.security;

import com.misybot.tenancy.kernel.Caller;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.cors.CorsUtils;

/**
 * What is open without a caller on the port of the API: public routes, the API page unless it is closed, and what a browser
 * asks before it sends the request itself. Everything else under {@code /api} takes a caller, whether or not it exists.
 */
final class ApiDoors implements CallerFilter.Doors {

    static final String API = "/api/";

    private final AccessRules rules;
    private final boolean apiPageOpen;

    ApiDoors(AccessRules rules, boolean apiPageOpen) {
        this.rules = rules;
        this.apiPageOpen = apiPageOpen;
    }

    @Override
    public void pass(HttpServletRequest request, @Nullable Caller caller) {
        if (caller != null || CorsUtils.isPreFlightRequest(request)) {
            return;
        }
        var path = request.getRequestURI().substring(request.getContextPath().length());
        var closed = path.startsWith(API)
                ? rules.of(request).filter(AccessRule::isPublic).isEmpty()
                : !apiPageOpen && isApiPage(path);
        if (closed) {
            throw Admission.unauthenticated();
        }
    }

    private static boolean isApiPage(String path) {
        return path.startsWith("/v3/") || path.startsWith("/swagger-ui") || path.startsWith("/webjars/");
    }
}
