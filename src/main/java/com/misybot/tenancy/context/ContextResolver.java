package com.misybot.tenancy.context;

import com.misybot.tenancy.kernel.LogContext;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.tenant.TenantStatus;
import com.misybot.tenancy.web.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** Resolves a site and the origin of the page that talks for it to the tenant, or says why not. */
@Component
public class ContextResolver {

    private final KnownTenants tenants;
    private final Counter resolved;
    private final Counter refused;

    ContextResolver(KnownTenants tenants, MeterRegistry meters) {
        this.tenants = tenants;
        this.resolved = counter(meters, "resolved");
        this.refused = counter(meters, "refused");
    }

    private static Counter counter(MeterRegistry meters, String outcome) {
        return Counter.builder("tenancy.context.resolved")
                .description("Sites that were asked for")
                .tag("outcome", outcome)
                .register(meters);
    }

    /**
     * The tenant a page talks for. The origin is looked at before the state, which is nobody's business who may not talk for it.
     *
     * @param origin of the page, in any spelling; what is none of an origin is denied
     * @param reach of the caller: a site out of it is unknown
     * @throws ProblemException 404 {@code unknown_site}; 403 {@code origin_not_allowed}, {@code tenant_suspended} or
     *     {@code tenant_not_active}
     */
    public KnownTenant resolve(SiteId site, String origin, Reach reach) {
        try {
            var tenant = admitted(site, origin, reach);
            resolved.increment();
            return tenant;
        } catch (ProblemException e) {
            refused.increment();
            throw e;
        }
    }

    private KnownTenant admitted(SiteId site, String origin, Reach reach) {
        var tenant = tenants.bySite(site);
        if (tenant == null || !tenant.isWithin(reach)) {
            throw ContextProblem.unknownSite();
        }
        LogContext.tenant(tenant.tenantId());
        if (isGone(tenant.status())) {
            throw ContextProblem.of(tenant);
        }
        if (!tenant.origins().allow(origin)) {
            throw ContextProblem.originNotAllowed();
        }
        if (tenant.status() != TenantStatus.ACTIVE) {
            throw ContextProblem.of(tenant);
        }
        return tenant;
    }

    private static boolean isGone(TenantStatus status) {
        return switch (status) {
            case PENDING_DELETION, PURGING, PURGED -> true;
            default -> false;
        };
    }
}
