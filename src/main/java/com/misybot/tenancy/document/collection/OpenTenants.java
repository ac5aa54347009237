package com.misybot.tenancy.document.collection;

import com.misybot.tenancy.document.CollectionName;
import com.misybot.tenancy.document.DocumentProblem;
import com.misybot.tenancy.document.mongo.MongoDoor;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.TenantService;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks for the tenant of a request and for the collection it names. */
@Component
class OpenTenants {

    private final MongoDoor door;
    private final TenantService tenants;
    private final ScopedTransactions transactions;
    private final CollectionRows rows;

    OpenTenants(MongoDoor door, TenantService tenants, ScopedTransactions transactions, CollectionRows rows) {
        this.door = door;
        this.tenants = tenants;
        this.transactions = transactions;
        this.rows = rows;
    }

    /** The tenant, whether there is such a collection or not; 501 without MongoDB, 404 where there is no such tenant within reach. */
    TenantNow open(TenantId tenantId, @Nullable CollectionName name, Reach reach) {
        door.requireOn();
        var id = tenants.idOf(tenantId, reach);
        return transactions
                .read(Scope.tenant(id), () -> rows.open(id, name))
                .filter(TenantNow::isThere)
                .orElseThrow(() -> DocumentProblem.unknownTenant(tenantId));
    }
}
