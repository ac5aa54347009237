package com.misybot.tenancy.context.limit;

import com.misybot.tenancy.web.Callers;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.ProblemWriter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Counts every request of a caller to the API, once it is known who calls and before anything is done, also what is refused. */
final class CallerRateFilter implements Filter {

    private final RateLimits limits;
    private final ProblemWriter problems;

    CallerRateFilter(RateLimits limits, ProblemWriter problems) {
        this.limits = limits;
        this.problems = problems;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var caller = Callers.of(request);
        if (caller != null) {
            try {
                limits.require(caller.actor(), (HttpServletResponse) response);
            } catch (ProblemException e) {
                problems.write((HttpServletRequest) request, (HttpServletResponse) response, e.problem());
                return;
            }
        }
        chain.doFilter(request, response);
    }
}
