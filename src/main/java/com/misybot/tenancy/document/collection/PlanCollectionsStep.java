package com.misybot.tenancy.document.collection;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.lifecycle.ProvisioningStep;
import com.misybot.tenancy.tenant.PlanTemplates;
import org.springframework.stereotype.Component;

/** Makes the collections of the plan of a new tenant. */
@Component
class PlanCollectionsStep implements ProvisioningStep {

    static final Cause CAUSE = Cause.of(Actor.system("provisioning"));

    private final PlanTemplates templates;
    private final PlanCollections collections;

    PlanCollectionsStep(PlanTemplates templates, PlanCollections collections) {
        this.templates = templates;
        this.collections = collections;
    }

    @Override
    public String name() {
        return "collections";
    }

    @Override
    public int order() {
        return 200;
    }

    @Override
    public boolean recorded() {
        return true;
    }

    @Override
    public Outcome run(Provisioned tenant) {
        var _ = collections.make(tenant.id(), templates.of(tenant.id()), CAUSE);
        return Outcome.completed();
    }

    /** What somebody has declared or changed since stays. */
    @Override
    public Outcome compensate(Provisioned tenant) {
        collections.remove(tenant.id(), CAUSE);
        return Outcome.completed();
    }
}
