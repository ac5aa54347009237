package com.misybot.tenancy.tenant;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.SiteId;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads what serving requests needs of tenants: for many of them one query, of the platform's scope, since the tenant is not
 * known before. Purged tenants are not among them. Who is asked for and does not exist is missing in the answer, whose order is
 * nobody's promise.
 */
@Component
public class ServedTenants {

    /** Most tenants of one enumeration. */
    public static final int MOST = 1_000;

    private static final String COLUMNS = """
            select t.id, t.tenant_id, t.site_id, t.status, t.plan, t.region, t.allowed_origins, t.permissions, t.locale,
                t.time_zone, t.labels, t.context_version, t.session_epoch, p.permissions as plan_permissions,
                p.limits || t.limit_overrides as limits
            from tenant t join plan p on p.id = t.plan
            where t.status <> 'PURGED'
            """;

    private static final String BY_SITE = COLUMNS + " and t.site_id = any (?::text[])";
    private static final String BY_ID = COLUMNS + " and t.id = any (?::uuid[])";
    // A list of one would be planned anew each time, which takes longer than reading the row
    private static final String BY_ONE_SITE = COLUMNS + " and t.site_id = ?";
    private static final String BY_ONE_ID = COLUMNS + " and t.id = ?";

    private static final String NEXT = COLUMNS + " and t.id > ? order by t.id limit ?";

    private final ScopedTransactions transactions;
    private final JdbcClient jdbc;
    private final ServedTenantRow row;

    ServedTenants(ScopedTransactions transactions, JdbcClient jdbc, ServedTenantRow row) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.row = row;
    }

    /** Those of these sites that belong to a tenant. */
    public List<ServedTenant> bySite(Collection<SiteId> sites) {
        return switch (sites.size()) {
            case 0 -> List.of();
            case 1 -> read(BY_ONE_SITE, sites.iterator().next().value());
            default -> read(BY_SITE, (Object) sites.stream().map(SiteId::value).toArray(String[]::new));
        };
    }

    /** Those of these tenants that exist. */
    public List<ServedTenant> byId(Collection<UUID> ids) {
        return switch (ids.size()) {
            case 0 -> List.of();
            case 1 -> read(BY_ONE_ID, ids.iterator().next());
            default -> read(BY_ID, (Object) ids.stream().map(UUID::toString).toArray(String[]::new));
        };
    }

    /**
     * The next tenants in the order of their UUIDs. A tenant that comes into being meanwhile may be missed: its own change tells of
     * it.
     *
     * @param after the last one of the part before; null begins
     * @param limit 1 to {@value #MOST}
     */
    public List<ServedTenant> enumerate(@Nullable UUID after, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("From 1 to " + MOST + " tenants are enumerated at once");
        }
        return read(NEXT, after == null ? Scope.NIL : after, limit);
    }

    private List<ServedTenant> read(String sql, Object... parameters) {
        return transactions.read(
                Scope.platform(),
                () -> jdbc.sql(sql).params(parameters).query(row).list());
    }
}
