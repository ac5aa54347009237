package com.misybot.tenancy.tenant.plan;

import com.misybot.tenancy.kernel.EventType;
import com.misybot.tenancy.kernel.EventTypes;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is told of plans. */
@Component
class PlanEventTypes implements EventTypes {

    private static final String PLAN = "the id of the plan";

    @Override
    public List<EventType> all() {
        return List.of(
                EventType.of(PlanService.CREATED, "A plan was created.", PLAN),
                EventType.of(PlanService.UPDATED, "A plan was changed; its tenants take that up one by one.", PLAN),
                EventType.of(PlanService.DELETED, "A plan that no tenant has was deleted.", PLAN));
    }
}
