package com.misybot.tenancy.tenant;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many origins a tenant has. */
@Component
class OriginUsage implements LimitUsage {

    private final ScopedTransactions transactions;
    private final JdbcClient jdbc;

    OriginUsage(ScopedTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    @Override
    public String limit() {
        return OriginLimit.NAME;
    }

    @Override
    public OptionalLong used(UUID tenant) {
        return transactions
                .read(
                        Scope.tenant(tenant),
                        () -> jdbc.sql("select cardinality(allowed_origins) from tenant where id = ?")
                                .param(tenant)
                                .query(Long.class)
                                .optional())
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }
}
