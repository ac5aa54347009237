package com.misybot.tenancy.tenant.find;

import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.TenantRoll.Called;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Calls the tenants that a list with the same filter shows, one after the other in the order of their UUIDs, so that work on many of them
 * can go on where it stopped. Who is being purged is not called.
 */
@Component
public class TenantSweep {

    private final ScopedTransactions transactions;
    private final EntityManager entities;

    TenantSweep(ScopedTransactions transactions, EntityManager entities) {
        this.transactions = transactions;
        this.entities = entities;
    }

    /**
     * Whom to call.
     *
     * @param filter what they have to meet
     * @param reach of who asked
     * @param by those that had been registered by then
     */
    public record Those(TenantFilter filter, Reach reach, Instant by) {}

    /** How many there are after the tenant with this UUID; after none, how many in all. */
    public long count(Those those, @Nullable UUID after) {
        return transactions.read(Scope.platform(), () ->
                (Long) query("select count(*)", those, after, "", Long.class).getSingleResult());
    }

    /** The next ones after the tenant with this UUID. */
    public List<Called> next(Those those, @Nullable UUID after, int limit) {
        return transactions.read(Scope.platform(), () -> {
            var rows = query("select t.id, t.tenant_id", those, after, " order by t.id limit " + limit, Object[].class)
                    .getResultList();
            return ((List<?>) rows).stream().map(row -> called((Object[]) row)).toList();
        });
    }

    private static Called called(Object[] row) {
        return new Called((UUID) row[0], new TenantId((String) row[1]));
    }

    private Query query(String select, Those those, @Nullable UUID after, String end, Class<?> type) {
        var conditions = Conditions.of(those.filter(), those.reach());
        conditions.add("t.status <> 'PURGING' and t.created_at <= :by", "by", those.by());
        if (after != null) {
            conditions.add("t.id > :after", "after", after);
        }
        var query = entities.createNativeQuery(select + " from tenant t where " + conditions.sql() + end, type);
        conditions.bind(query);
        return query;
    }
}
