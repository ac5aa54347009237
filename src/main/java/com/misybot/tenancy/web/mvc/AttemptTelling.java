package com.misybot.tenancy.web.mvc;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Attempt;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.Callers;
import com.misybot.tenancy.web.FrequentUse;
import com.misybot.tenancy.web.ProblemWriter;
import com.misybot.tenancy.web.Senders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Tells of changes that were refused to somebody who is known, and of reads that are told of, once the answer is there. Stands in
 * front of the interceptors of security, so that it hears what they refuse.
 */
final class AttemptTelling implements HandlerInterceptor {

    /** Longest path that is told. */
    private static final int MAX_PATH = 1_024;

    private static final Set<HttpMethod> CHANGING =
            Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

    /** What says that something is not allowed; the others say that a request was written wrongly, or came too often. */
    private static final Set<HttpStatus> REFUSALS = Set.of(
            HttpStatus.FORBIDDEN,
            HttpStatus.CONFLICT,
            HttpStatus.PRECONDITION_FAILED,
            HttpStatus.UNPROCESSABLE_CONTENT,
            HttpStatus.PRECONDITION_REQUIRED);

    private final ApplicationEventPublisher events;
    private final Clock clock;

    AttemptTelling(ApplicationEventPublisher events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception e) {
        var caller = Callers.of(request);
        var access = handler instanceof HandlerMethod method ? method.getMethodAnnotation(Access.class) : null;
        if (caller == null || access == null) {
            return;
        }
        var status = HttpStatus.resolve(response.getStatus());
        var method = HttpMethod.valueOf(request.getMethod());
        if (status != null
                && REFUSALS.contains(status)
                && CHANGING.contains(method)
                && FrequentUse.of(request.getRequestURI()) == null) {
            tell(Attempt.Kind.REFUSED, method + " " + route(request), status, caller, request);
        } else if (status != null
                && status.is2xxSuccessful()
                && !access.told().isEmpty()
                && caller.actor().kind() == Actor.Kind.OPERATOR) {
            tell(Attempt.Kind.READ, access.told(), status, caller, request);
        }
    }

    private void tell(Attempt.Kind kind, String action, HttpStatus status, Caller caller, HttpServletRequest request) {
        events.publishEvent(new Attempt(
                UuidCreator.getTimeOrderedEpoch(),
                tenant(request),
                kind,
                action,
                path(request),
                status.value(),
                kind == Attempt.Kind.REFUSED ? (String) request.getAttribute(ProblemWriter.CODE) : null,
                caller.reach(),
                cause(request, caller),
                clock.instant()));
    }

    /** With the words of the caller, where they were read before the refusal. */
    private static Cause cause(HttpServletRequest request, Caller caller) {
        return request.getAttribute(CauseArgument.ATTRIBUTE) instanceof Cause cause
                ? cause
                : new Cause(caller.actor(), null, null, Senders.of(request));
    }

    private static @Nullable TenantId tenant(HttpServletRequest request) {
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                && variables.get("tenantId") instanceof String name) {
            try {
                return new TenantId(name);
            } catch (IllegalArgumentException notOne) {
                return null;
            }
        }
        return null;
    }

    private static String route(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
    }

    private static String path(HttpServletRequest request) {
        var path = request.getRequestURI();
        return path.substring(0, Math.min(MAX_PATH, path.length()));
    }
}
