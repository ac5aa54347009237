package com.misybot.tenancy.tenant;

import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.TenantId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which tenants a piece of work is for, in words that survive being stored. What is empty does not narrow it; a tenant must
 * meet everything else, and be within the reach of who asked.
 *
 * @param tenantIds any of these slugs
 * @param labels all of these pairs
 * @param plans any of these plans
 * @param regions any of these regions
 * @param statuses any of these states
 * @param reach what the caller was limited to when it asked
 */
public record TenantSelection(
        List<String> tenantIds,
        Map<String, String> labels,
        List<String> plans,
        List<String> regions,
        Set<TenantStatus> statuses,
        ReachWords reach) {

    public TenantSelection {
        tenantIds = List.copyOf(tenantIds);
        labels = Map.copyOf(labels);
        plans = List.copyOf(plans);
        regions = List.copyOf(regions);
        statuses = statuses.isEmpty() ? EnumSet.noneOf(TenantStatus.class) : EnumSet.copyOf(statuses);
    }

    /** A {@link Reach} in words. */
    public record ReachWords(
            List<String> tenantIds, Map<String, String> labels, List<String> plans, List<String> regions) {

        /** The words of a reach. */
        public static ReachWords of(Reach reach) {
            return new ReachWords(
                    reach.tenants().stream().map(TenantId::value).sorted().toList(),
                    reach.labels(),
                    reach.plans().stream().sorted().toList(),
                    reach.regions().stream().sorted().toList());
        }

        /** The reach that these are the words of. */
        public Reach toReach() {
            return new Reach(
                    tenantIds.stream().map(TenantId::new).collect(Collectors.toSet()),
                    labels,
                    Set.copyOf(plans),
                    Set.copyOf(regions));
        }
    }
}
