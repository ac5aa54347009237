package com.misybot.tenancy.tenant.find;

import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.tenant.Tenant;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lists and counts tenants. A page costs the same wherever it is in the list: it begins after the key of the last one. The plan is
 * not left to the planner's guess of how many a filter lets pass, which for labels is often wrong by orders of magnitude: the
 * filter is tried first, and up to {@value #FEW} tenants are sorted, more are met soon enough in the order of the index.
 */
@Component
public class TenantFinder {

    /** Tenants that are sorted rather than waited for in the order of an index. */
    static final int FEW = 5_000;

    /** Tenants that {@link #batch} answers at once. */
    public static final int BATCH = 1_000;

    /** A stream has gone too far to be refused for a slow step, and no transaction may outlive 30 s. */
    private static final Duration WITHIN_STREAM = Duration.ofSeconds(10);

    private final ScopedTransactions transactions;
    private final EntityManager entities;
    private final FindSettings settings;

    TenantFinder(ScopedTransactions transactions, EntityManager entities, FindSettings settings) {
        this.transactions = transactions;
        this.entities = entities;
        this.settings = settings;
    }

    /**
     * In which order, and after what.
     *
     * @param by what is sorted by
     * @param descending whether the largest comes first
     * @param after what {@link TenantSort#cursor} told of the last tenant before; null to begin with the first
     */
    public record Order(
            TenantSort by, boolean descending, @Nullable List<String> after) {}

    /**
     * Tenants in an order.
     *
     * @throws com.misybot.tenancy.web.ProblemException 422 {@code filter_too_broad} where the database needs too long
     */
    public List<Tenant> page(TenantFilter filter, Reach reach, Order order, int limit) {
        return list(filter, reach, order, limit, settings.within());
    }

    /** Like {@link #page}, for one who wants them all: {@value #BATCH} tenants, fewer where there are no more after them. */
    public List<Tenant> batch(TenantFilter filter, Reach reach, Order order) {
        return list(filter, reach, order, BATCH, order.after() == null ? settings.within() : WITHIN_STREAM);
    }

    private List<Tenant> list(TenantFilter filter, Reach reach, Order order, int limit, Duration within) {
        var conditions = Conditions.of(filter, reach);
        return read(within, () -> {
            plan("enable_seqscan");
            if (conditions.isNarrow() && isFew(conditions)) {
                return list(
                        "with few as materialized (select t.* from tenant t where " + conditions.sql()
                                + ") select t.* from few t where true",
                        conditions,
                        order,
                        limit);
            }
            plan("enable_sort", "enable_bitmapscan");
            return list("select t.* from tenant t where " + conditions.sql(), conditions, order, limit);
        });
    }

    /**
     * How many there are.
     *
     * @throws com.misybot.tenancy.web.ProblemException 422 {@code filter_too_broad} where the database needs too long
     */
    public long count(TenantFilter filter, Reach reach) {
        var conditions = Conditions.of(filter, reach);
        return read(settings.within(), () -> {
            plan();
            return number("select count(*) from tenant t where " + conditions.sql(), conditions);
        });
    }

    private boolean isFew(Conditions conditions) {
        return number(
                        "select count(*) from (select from tenant t where " + conditions.sql() + " limit " + (FEW + 1)
                                + ") found",
                        conditions)
                <= FEW;
    }

    private long number(String sql, Conditions conditions) {
        var query = entities.createNativeQuery(sql, Long.class);
        conditions.bind(query);
        return (Long) query.getSingleResult();
    }

    @SuppressWarnings("unchecked") // JPA knows the type of what a native query answers only at run time
    private List<Tenant> list(String sql, Conditions conditions, Order order, int limit) {
        var way = order.descending() ? " desc" : "";
        var key = "t." + order.by().column();
        var after = order.after();
        var query = entities.createNativeQuery(
                sql
                        + (after == null
                                ? ""
                                : " and (" + key + ", t.id) " + (order.descending() ? "<" : ">") + " (:key, :id)")
                        + " order by " + key + way + ", t.id" + way + " limit " + limit,
                Tenant.class);
        conditions.bind(query);
        if (after != null) {
            query.setParameter("key", order.by().key(after.getFirst()));
            query.setParameter("id", UUID.fromString(after.getLast()));
        }
        return query.getResultList();
    }

    /** Plans for the values at hand, without these ways to answer. */
    private void plan(String... without) {
        var sql = new StringBuilder("select set_config('plan_cache_mode', 'force_custom_plan', true)");
        for (var way : without) {
            sql.append(", set_config('").append(way).append("', 'off', true)");
        }
        entities.createNativeQuery(sql.toString(), Object.class).getResultList();
    }

    private <T> T read(Duration within, Supplier<T> work) {
        return TimeLimit.refusingTheTooBroad(() -> transactions.read(Scope.platform(), within, work));
    }
}
