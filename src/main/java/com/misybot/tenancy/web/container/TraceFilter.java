package com.misybot.tenancy.web.container;

import com.misybot.tenancy.web.Trace;
import io.micrometer.tracing.Tracer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/** Returns the trace of every request: the span the observation began, else the caller's trace, else a new one. */
final class TraceFilter extends OncePerRequestFilter {

    private final @Nullable Tracer tracer;

    TraceFilter(@Nullable Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var trace = current(request);
        trace.keep(request);
        response.setHeader(Trace.HEADER, trace.header());
        chain.doFilter(request, response);
    }

    private Trace current(HttpServletRequest request) {
        var span = tracer == null ? null : tracer.currentSpan();
        if (span == null || span.context().traceId().length() != 32) {
            return Trace.of(request);
        }
        var context = span.context();
        return new Trace(context.traceId(), context.spanId(), Boolean.TRUE.equals(context.sampled()));
    }
}
