package com.misybot.tenancy.tenant.plan.web;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.tenant.plan.PlanService;
import com.misybot.tenancy.web.AddressedResource;
import java.util.List;
import org.springframework.stereotype.Component;

/** The plan in a path, looked for on behalf of callers who may read or change plans. */
@Component
class AddressedPlan implements AddressedResource {

    private final PlanService plans;

    AddressedPlan(PlanService plans) {
        this.plans = plans;
    }

    @Override
    public void require(Caller caller, List<String> path) {
        if (path.size() > 1
                && path.getFirst().equals("plans")
                && !path.get(1).equals("count")
                && (caller.scopes().contains(PlanController.READ)
                        || caller.scopes().contains(PlanController.WRITE))) {
            plans.read(path.get(1), caller.reach());
        }
    }
}
