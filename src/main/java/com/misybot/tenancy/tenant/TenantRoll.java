package com.misybot.tenancy.tenant;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.TenantId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls tenants one after the other, for work on many of them: in the order of their UUIDs, so that it can go on where it
 * stopped. Who is being purged or is gone is not called.
 */
@Component
public class TenantRoll {

    private static final String WHERE = """
             from tenant where status not in ('PURGING', 'PURGED') and created_at <= :before
             and (cardinality(:names::text[]) = 0 or tenant_id = any (:names::text[]))
             and (cardinality(:reachNames::text[]) = 0 or tenant_id = any (:reachNames::text[]))
             and labels @> :labels::jsonb and labels @> :reachLabels::jsonb
             and (cardinality(:plans::text[]) = 0 or plan = any (:plans::text[]))
             and (cardinality(:reachPlans::text[]) = 0 or plan = any (:reachPlans::text[]))
             and (cardinality(:regions::text[]) = 0 or region = any (:regions::text[]))
             and (cardinality(:reachRegions::text[]) = 0 or region = any (:reachRegions::text[]))
             and (cardinality(:statuses::text[]) = 0 or status = any (:statuses::text[]))
            """;

    private final ScopedTransactions transactions;
    private final JdbcClient jdbc;
    private final JsonMapper json;

    TenantRoll(ScopedTransactions transactions, JdbcClient jdbc, JsonMapper json) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.json = json;
    }

    /** A tenant that is called. */
    public record Called(UUID id, TenantId tenantId) {}

    /** How many there are that had been registered by then. */
    public long count(TenantSelection selection, Instant by) {
        return transactions.read(
                Scope.platform(),
                () -> statement("select count(*)" + WHERE, selection, by)
                        .query(Long.class)
                        .single());
    }

    /** The next ones that had been registered by then, after the tenant with this UUID. */
    public List<Called> next(TenantSelection selection, Instant by, @Nullable UUID after, int limit) {
        return transactions.read(
                Scope.platform(),
                () -> statement(
                                "select id, tenant_id" + WHERE + (after == null ? "" : " and id > :after")
                                        + " order by id limit :limit",
                                selection,
                                by)
                        .param("after", after)
                        .param("limit", limit)
                        .query((row, _) ->
                                new Called(row.getObject("id", UUID.class), new TenantId(row.getString("tenant_id"))))
                        .list());
    }

    private JdbcClient.StatementSpec statement(String sql, TenantSelection selection, Instant by) {
        var reach = selection.reach();
        return jdbc.sql(sql)
                .param("before", by.atOffset(ZoneOffset.UTC))
                .param("names", array(selection.tenantIds()))
                .param("labels", text(selection.labels()))
                .param("plans", array(selection.plans()))
                .param("regions", array(selection.regions()))
                .param("statuses", array(selection.statuses()))
                .param("reachNames", array(reach.tenantIds()))
                .param("reachLabels", text(reach.labels()))
                .param("reachPlans", array(reach.plans()))
                .param("reachRegions", array(reach.regions()));
    }

    private String text(Map<String, String> labels) {
        return json.writeValueAsString(labels);
    }

    /** The text of a PostgreSQL array. */
    private static String array(Collection<?> values) {
        return values.stream()
                .map(value -> '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }
}
