package com.misybot.tenancy.security;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.LogContext;
import com.misybot.tenancy.security.access.Authority;
import com.misybot.tenancy.web.FrequentUse;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.ProblemWriter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Knows the caller before anything else looks at a request, and refuses who is none: a request that has no caller passes only
 * where everybody may. The caller is found in the request attribute {@code Caller.class.getName()}, in the security context
 * and in the lines of the log.
 */
final class CallerFilter implements Filter {

    private static final String CALLER = Caller.class.getName();
    private static final String AUTHENTICATION = CallerAuthentication.class.getName();

    private final Admission admission;
    private final Doors doors;
    private final ProblemWriter problems;
    private final FrequentUse uses;
    private final ObjectProvider<HandlerExceptionResolver> failures;

    CallerFilter(
            Admission admission,
            Doors doors,
            ProblemWriter problems,
            FrequentUse uses,
            ObjectProvider<HandlerExceptionResolver> failures) {
        this.admission = admission;
        this.doors = doors;
        this.problems = problems;
        this.uses = uses;
        this.failures = failures;
    }

    /** Says what may be done without a caller, and, where no handler says it, with which. */
    @FunctionalInterface
    interface Doors {

        /**
         * Lets a request pass.
         *
         * @throws ProblemException where it may not
         */
        void pass(HttpServletRequest request, @Nullable Caller caller);
    }

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException, ServletException {
        var request = (HttpServletRequest) servletRequest;
        var response = (HttpServletResponse) servletResponse;
        @Nullable CallerAuthentication caller;
        if (request.getDispatcherType() == DispatcherType.REQUEST) {
            try {
                caller = admit(request);
            } catch (ProblemException e) {
                if (e.problem().code().status() == HttpStatus.UNAUTHORIZED) {
                    uses.refused(e);
                }
                problems.write(request, response, e.problem());
                return;
            } catch (RuntimeException e) {
                if (failures.getObject().resolveException(request, response, null, e) == null) {
                    throw e;
                }
                return;
            }
        } else {
            caller = (CallerAuthentication) request.getAttribute(AUTHENTICATION);
        }
        if (caller == null) {
            chain.doFilter(request, response);
        } else {
            proceed(caller, request, response, chain);
        }
    }

    private @Nullable CallerAuthentication admit(HttpServletRequest request) {
        var found = admission.admit(request);
        doors.pass(request, found == null ? null : found.caller());
        if (found != null) {
            request.setAttribute(AUTHENTICATION, found);
            request.setAttribute(CALLER, found.caller());
            request.setAttribute(Authority.ATTRIBUTE, found.authority());
        }
        return found;
    }

    private void proceed(
            CallerAuthentication caller, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        SecurityContextHolder.setContext(new SecurityContextImpl(caller));
        LogContext.actor(caller.caller().actor());
        try {
            chain.doFilter(request, response);
        } finally {
            uses.answered(request, response, caller.caller());
            SecurityContextHolder.clearContext();
            LogContext.clear();
        }
    }
}
