package com.misybot.tenancy.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Says on every answer what a browser may do with it. What the API answers is private and not kept; a handler that knows
 * better sets {@code Cache-Control} itself.
 */
final class AnswerHeaders implements Filter {

    private final String apiPrefix;

    AnswerHeaders(String apiPrefix) {
        this.apiPrefix = apiPrefix;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse servletResponse, FilterChain chain)
            throws IOException, ServletException {
        if (request.getDispatcherType() == DispatcherType.REQUEST) {
            var response = (HttpServletResponse) servletResponse;
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("X-Frame-Options", "DENY");
            response.setHeader("Referrer-Policy", "no-referrer");
            if (((HttpServletRequest) request).getRequestURI().startsWith(apiPrefix)) {
                response.setHeader("Cache-Control", "no-store");
                response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
            }
            if (request.isSecure()) {
                response.setHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
            }
        }
        chain.doFilter(request, servletResponse);
    }
}
