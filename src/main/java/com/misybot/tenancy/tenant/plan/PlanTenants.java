package com.misybot.tenancy.tenant.plan;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tenants that have a plan, and how far a change of it has come among them. */
@Component
class PlanTenants {

    private static final String OF_PLAN = " from tenant where plan = ? and status not in ('PURGING', 'PURGED')";

    private final ScopedTransactions transactions;
    private final JdbcClient jdbc;

    PlanTenants(ScopedTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /** Tenants whose contexts have not been raised for this version of the plan, after this one in the order of UUIDs. */
    List<UUID> behind(String plan, long version, UUID after, int limit) {
        return transactions.read(
                Scope.platform(),
                () -> jdbc.sql("select id" + OF_PLAN + " and plan_version < ? and id > ? order by id limit ?")
                        .params(plan, version, after, limit)
                        .query(UUID.class)
                        .list());
    }

    long count(String plan) {
        return transactions.read(
                Scope.platform(),
                () -> jdbc.sql("select count(*)" + OF_PLAN)
                        .param(plan)
                        .query(Long.class)
                        .single());
    }

    long countBehind(String plan, long version) {
        return transactions.read(
                Scope.platform(),
                () -> jdbc.sql("select count(*)" + OF_PLAN + " and plan_version < ?")
                        .params(plan, version)
                        .query(Long.class)
                        .single());
    }
}
