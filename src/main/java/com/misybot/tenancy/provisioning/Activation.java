package com.misybot.tenancy.provisioning;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.lifecycle.ProvisioningStep;
import com.misybot.tenancy.tenant.TenantProvisioning;

/**
 * The last step of every run: the tenant is active, which is told as {@code tenant.provisioned} in the transaction in which the run ends.
 * Whoever welcomes new tenants waits for that event.
 */
record Activation(TenantProvisioning tenants) implements ProvisioningStep {

    static final String NAME = "activation";

    /** In whose name runs change tenants. */
    static final Cause CAUSE = Cause.of(Actor.system("provisioning"));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int order() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean recorded() {
        return true;
    }

    @Override
    public Outcome run(Provisioned tenant) {
        tenants.activate(tenant.id(), CAUSE);
        return Outcome.completed();
    }

    /** It is the end of a run: none is undone that has come so far. */
    @Override
    public Outcome compensate(Provisioned tenant) {
        return Outcome.completed();
    }
}
