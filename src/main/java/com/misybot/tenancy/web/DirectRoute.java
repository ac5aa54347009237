package com.misybot.tenancy.web;

import com.misybot.tenancy.kernel.Caller;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Leads the plain requests of one route straight to its handler: to find the handler, its rule and its arguments takes MVC longer
 * than such a handler takes to answer. Whatever is not plain, or not allowed, goes the way of every request and is refused
 * there. For routes of the hot path alone, which every kind of caller may use that has the scope.
 */
public abstract class DirectRoute implements Filter {

    /** What can make more of a request than its path, its parameters and its body say. */
    private static final List<String> TELLING = List.of(
            "Misy-Tenant",
            "baggage",
            HttpHeaders.TRANSFER_ENCODING,
            HttpHeaders.CONTENT_ENCODING,
            HttpHeaders.EXPECT,
            HttpHeaders.RANGE);

    private final String scope;
    private final String method;
    private final String path;
    private final ObjectProvider<HandlerExceptionResolver> failures;

    /**
     * A route.
     *
     * @param scope the scope of access in the rule of the handler
     * @param method of the handler
     * @param path of the handler
     * @param failures what turns exceptions of handlers into problems
     */
    protected DirectRoute(String scope, String method, String path, ObjectProvider<HandlerExceptionResolver> failures) {
        this.scope = scope;
        this.method = method;
        this.path = path;
        this.failures = failures;
    }

    /**
     * Has the handler answer a request that is plain.
     *
     * @return null where it has; else, with nothing written, the request to go the long way with
     */
    protected abstract @Nullable HttpServletRequest answer(
            HttpServletRequest request, HttpServletResponse response, Caller caller) throws IOException;

    @Override
    public final void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException, ServletException {
        var request = (HttpServletRequest) servletRequest;
        var response = (HttpServletResponse) servletResponse;
        var caller = Callers.of(request);
        if (caller == null || !caller.scopes().contains(scope) || !isPlain(request)) {
            chain.doFilter(request, response);
            return;
        }
        @Nullable HttpServletRequest left = null;
        try {
            left = answer(request, response, caller);
        } catch (RuntimeException e) {
            request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, path); // for the line of the log
            if (failures.getObject().resolveException(request, response, null, e) == null) {
                throw e;
            }
        }
        if (left != null) {
            chain.doFilter(left, response);
        }
    }

    private boolean isPlain(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.REQUEST
                && path.equals(request.getRequestURI())
                && method.equals(request.getMethod())
                && takesJson(request.getHeader(HttpHeaders.ACCEPT))
                && TELLING.stream().allMatch(header -> request.getHeader(header) == null);
    }

    private static boolean takesJson(@Nullable String accept) {
        return accept == null || accept.equals("*/*") || accept.equals("application/json");
    }
}
