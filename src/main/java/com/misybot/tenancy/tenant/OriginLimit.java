package com.misybot.tenancy.tenant;

import com.misybot.tenancy.kernel.Cause;
import java.time.Instant;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * How many origins a tenant may have. More than that are refused; a tenant that has more already, because its limit was lowered,
 * may keep and remove them, and add none.
 */
@Component
class OriginLimit {

    static final String NAME = "origins";

    private final Plans plans;
    private final LimitJson json;
    private final ChangeTelling changes;

    OriginLimit(Plans plans, LimitJson json, ChangeTelling changes) {
        this.plans = plans;
        this.json = json;
        this.changes = changes;
    }

    /**
     * Refuses more origins than the tenant may have.
     *
     * @param tenant as it is to be
     * @param before how many it had
     * @throws com.misybot.tenancy.web.ProblemException 409 {@code quota_exceeded}
     */
    void require(Tenant tenant, int before) {
        var used = tenant.profile().allowedOrigins().size();
        if (used > before) {
            Quota.require(NAME, used, most(tenant));
        }
    }

    /** Tells that 80 % are reached, where a change has brought that about. */
    void tellWhereNear(Tenant tenant, int before, Cause cause, Instant at) {
        var used = tenant.profile().allowedOrigins().size();
        if (used > before && Quota.crosses80(before, used, most(tenant))) {
            changes.tellOf(tenant, Quota.APPROACHED, NAME, new TreeMap<>(), cause, at);
        }
    }

    /** An unknown plan sets no limit: that there is no such plan is told by who looks for it. */
    private int most(Tenant tenant) {
        var limits = plans.limits(tenant.profile().plan());
        return limits == null
                ? Integer.MAX_VALUE
                : limits.with(json.overrides(tenant.limitOverrides())).origins();
    }
}
