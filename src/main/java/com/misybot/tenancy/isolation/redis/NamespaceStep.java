package com.misybot.tenancy.isolation.redis;

import com.misybot.tenancy.lifecycle.ProvisioningStep;
import org.springframework.stereotype.Component;

/** Sets a tenant's namespace up: the row that its user is made from, which is made when somebody asks for credentials. */
@Component
class NamespaceStep implements ProvisioningStep {

    private final NamespaceRows rows;

    NamespaceStep(NamespaceRows rows) {
        this.rows = rows;
    }

    @Override
    public String name() {
        return "namespaces";
    }

    @Override
    public int order() {
        return 100;
    }

    @Override
    public boolean recorded() {
        return true;
    }

    @Override
    public Outcome run(Provisioned tenant) {
        rows.add(tenant.id());
        return Outcome.completed();
    }

    /** A row that had a user since stays, or nobody would look for that user in Redis. */
    @Override
    public Outcome compensate(Provisioned tenant) {
        rows.removeUnused(tenant.id());
        return Outcome.completed();
    }
}
