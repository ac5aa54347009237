package com.misybot.tenancy.context.propagation;

import com.misybot.tenancy.context.ContextProblem;
import com.misybot.tenancy.context.KnownTenant;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.CurrentTenant;
import com.misybot.tenancy.kernel.LogContext;
import com.misybot.tenancy.web.Callers;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.WebProblem;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Does a request for the tenant its caller says it is for. Said by a caller without {@code context:assert}, it is passed over. The
 * answer names the tenant that counted.
 *
 * <p>A scoped value is bound around a call, so it takes a filter; a tenant that is refused is refused by {@link Refusal}, after the
 * scope of the route.
 */
final class InboundTenant implements Filter {

    private static final String SCOPE = "context:assert";
    private static final String TENANT = CurrentTenant.class.getName();
    private static final String REFUSAL = Refusal.class.getName();

    private final Function<UUID, @Nullable KnownTenant> tenants;

    InboundTenant(Function<UUID, @Nullable KnownTenant> tenants) {
        this.tenants = tenants;
    }

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var request = (HttpServletRequest) servletRequest;
        var tenant = request.getDispatcherType() == DispatcherType.REQUEST
                ? asserted(request, (HttpServletResponse) response)
                : (CurrentTenant) request.getAttribute(TENANT);
        if (tenant == null) {
            chain.doFilter(request, response);
        } else {
            proceed(tenant, request, response, chain);
        }
    }

    private static void proceed(
            CurrentTenant tenant, HttpServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        LogContext.tenant(tenant.tenantId());
        try {
            tenant.<@Nullable Void, Exception>call(() -> {
                chain.doFilter(request, response);
                return null;
            });
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    private @Nullable CurrentTenant asserted(HttpServletRequest request, HttpServletResponse response) {
        if (request.getHeader(OutboundTenant.HEADER) == null && request.getHeader(Baggage.HEADER) == null) {
            return null;
        }
        var caller = Callers.of(request);
        if (caller == null || !caller.scopes().contains(SCOPE)) {
            return null;
        }
        try {
            var tenant = find(request, caller);
            if (tenant != null) {
                request.setAttribute(TENANT, tenant);
                response.setHeader(OutboundTenant.HEADER, tenant.id().toString());
            }
            return tenant;
        } catch (RuntimeException refused) {
            request.setAttribute(REFUSAL, refused);
            return null;
        }
    }

    private @Nullable CurrentTenant find(HttpServletRequest request, Caller caller) {
        var said = said(request);
        if (said.isEmpty()) {
            return null;
        }
        if (said.size() > 1) {
            throw new ProblemException(
                    WebProblem.INVALID_REQUEST,
                    "A request is for one tenant: let Misy-Tenant and misy.tenant of the baggage name the same, once.");
        }
        var tenant = tenants.apply(uuid(said.iterator().next()));
        if (tenant == null || !tenant.isWithin(caller.reach())) {
            throw ContextProblem.unknownTenant();
        }
        return CurrentTenant.of(tenant.id(), tenant.tenantId(), tenant.version());
    }

    private static Set<String> said(HttpServletRequest request) {
        var said = new HashSet<String>();
        Collections.list(request.getHeaders(OutboundTenant.HEADER)).forEach(value -> said.add(value.strip()));
        said.addAll(Baggage.tenants(Collections.list(request.getHeaders(Baggage.HEADER))));
        return said;
    }

    private static UUID uuid(String text) {
        try {
            var id = UUID.fromString(text);
            if (id.toString().equals(text)) {
                return id;
            }
        } catch (IllegalArgumentException _) {
            // refused like an id in another spelling
        }
        throw new ProblemException(
                WebProblem.INVALID_REQUEST,
                "Name the tenant by its id, a UUID in lower case, in Misy-Tenant and misy.tenant of the baggage.");
    }

    /** Refuses a request for a tenant that there is not, once the caller is known to have the scope of the route. */
    static final class Refusal implements HandlerInterceptor {

        @Override
        public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
            if (request.getAttribute(REFUSAL) instanceof RuntimeException refused) {
                request.removeAttribute(REFUSAL);
                throw refused;
            }
            return true;
        }
    }
}
