package com.misybot.tenancy.kernel;

import java.util.Map;
import java.util.Set;

/**
 * The tenants a caller may see. A dimension left empty does not limit; every dimension given must match, and within one
 * dimension any value does (labels: every given pair). What is out of reach does not exist for that caller.
 *
 * @param tenants allowed tenantIds
 * @param labels label pairs a tenant must carry
 * @param plans allowed plans
 * @param regions allowed regions
 */
public record Reach(Set<TenantId> tenants, Map<String, String> labels, Set<String> plans, Set<String> regions) {

    private static final Reach ALL = new Reach(Set.of(), Map.of(), Set.of(), Set.of());

    public Reach {
        tenants = Set.copyOf(tenants);
        labels = Map.copyOf(labels);
        plans = Set.copyOf(plans);
        regions = Set.copyOf(regions);
    }

    /** Every tenant. */
    public static Reach all() {
        return ALL;
    }

    /** Whether nothing is out of reach. */
    public boolean isAll() {
        return equals(ALL);
    }

    /** Whether a tenant with these properties is within reach. */
    public boolean covers(TenantId tenant, Map<String, String> itsLabels, String plan, String region) {
        return (tenants.isEmpty() || tenants.contains(tenant))
                && itsLabels.entrySet().containsAll(labels.entrySet())
                && (plans.isEmpty() || plans.contains(plan))
                && (regions.isEmpty() || regions.contains(region));
    }
}
