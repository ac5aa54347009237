package com.misybot.tenancy.tenant.find;

import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.TenantId;
import jakarta.persistence.Query;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A where clause over {@code tenant t} and its parameters. */
final class Conditions {

    private static final String LIVE = "t.status <> 'PURGED'";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final StringJoiner sql = new StringJoiner(" and ");
    private final Map<String, Object> parameters = new HashMap<>();

    private Conditions() {
        sql.add(LIVE);
    }

    /** Those within reach that a filter lets pass. */
    static Conditions of(TenantFilter filter, Reach reach) {
        var conditions = of(reach);
        if (!filter.statuses().isEmpty()) {
            conditions.add(
                    "t.status in (:statuses)",
                    "statuses",
                    filter.statuses().stream().map(Enum::name).toList());
        }
        conditions.addEqual("plan", filter.plan());
        conditions.addEqual("region", filter.region());
        conditions.addEqual("country", filter.country());
        conditions.addEqual("site_id", filter.siteId());
        for (var label : filter.labels()) {
            conditions.addLabels(Map.of(label.key(), label.value()));
        }
        conditions.addRange("created_at", filter.created());
        conditions.addRange("updated_at", filter.updated());
        if (filter.domain() != null) {
            conditions.add(
                    "t.origin_hosts @> array[cast(:host as text)]",
                    "host",
                    filter.domain().value());
        }
        if (filter.externalId() != null) {
            conditions.add(
                    "t.id = (select c.tenant from name_claim c where c.kind = 'external' and c.name = :external"
                            + " and c.until is null)",
                    "external",
                    filter.externalId().canonical());
        }
        return conditions;
    }

    /** All within reach. */
    static Conditions of(Reach reach) {
        var conditions = new Conditions();
        if (!reach.tenants().isEmpty()) {
            conditions.add(
                    "t.tenant_id in (:reachTenants)",
                    "reachTenants",
                    reach.tenants().stream().map(TenantId::value).toList());
        }
        if (!reach.labels().isEmpty()) {
            conditions.addLabels(reach.labels());
        }
        if (!reach.plans().isEmpty()) {
            conditions.add("t.plan in (:reachPlans)", "reachPlans", List.copyOf(reach.plans()));
        }
        if (!reach.regions().isEmpty()) {
            conditions.add("t.region in (:reachRegions)", "reachRegions", List.copyOf(reach.regions()));
        }
        return conditions;
    }

    /** Adds a condition on one parameter. */
    void add(String condition, String name, Object value) {
        sql.add(condition);
        parameters.put(name, value);
    }

    /** Whether anything but purged tenants is left out. */
    boolean isNarrow() {
        return !parameters.isEmpty();
    }

    String sql() {
        return sql.toString();
    }

    void bind(Query query) {
        parameters.forEach(query::setParameter);
    }

    private void addEqual(String column, @Nullable Object value) {
        if (value != null) {
            add("t." + column + " = :" + column, column, value.toString());
        }
    }

    private void addLabels(Map<String, String> labels) {
        var name = "labels" + parameters.size();
        add("t.labels @> cast(:" + name + " as jsonb)", name, JSON.writeValueAsString(labels));
    }

    private void addRange(String column, TenantFilter.Range range) {
        if (range.from() != null) {
            add("t." + column + " >= :" + column + "_from", column + "_from", range.from());
        }
        if (range.to() != null) {
            add("t." + column + " < :" + column + "_to", column + "_to", range.to());
        }
    }
}
