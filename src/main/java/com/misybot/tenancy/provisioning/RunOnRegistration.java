package com.misybot.tenancy.provisioning;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.lifecycle.OnRegistration;
import com.misybot.tenancy.operation.OperationOrder;
import com.misybot.tenancy.operation.Operations;
import org.springframework.stereotype.Component;

/** Begins a run with every tenant that is registered: its journal and its operation are there, or the tenant is not. */
@Component
class RunOnRegistration implements OnRegistration {

    private final Operations operations;
    private final ProvisioningStore store;

    RunOnRegistration(Operations operations, ProvisioningStore store) {
        this.operations = operations;
        this.store = store;
    }

    @Override
    public Part registered(Registered tenant) {
        var actor = tenant.cause().actor();
        var operation = operations.start(OperationOrder.of(
                        ProvisionTenant.KIND, Scope.platformRows(), tenant.tenantId(), actor)
                .with(new ProvisionTenant.Order(tenant.id(), tenant.tenantId().value())));
        store.insert(ProvisioningRun.pending(tenant.id(), operation.id(), actor.toString(), tenant.at()));
        return Part.of(operation.id());
    }
}
