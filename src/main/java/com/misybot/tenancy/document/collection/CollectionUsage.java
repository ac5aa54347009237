package com.misybot.tenancy.document.collection;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.tenant.LimitUsage;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** How many collections a tenant has. */
@Component
class CollectionUsage implements LimitUsage {

    private final ScopedTransactions transactions;
    private final CollectionRows rows;

    CollectionUsage(ScopedTransactions transactions, CollectionRows rows) {
        this.transactions = transactions;
        this.rows = rows;
    }

    @Override
    public String limit() {
        return Collections.LIMIT;
    }

    @Override
    public OptionalLong used(UUID tenant) {
        return OptionalLong.of(transactions.read(Scope.tenant(tenant), () -> rows.count(tenant)));
    }
}
