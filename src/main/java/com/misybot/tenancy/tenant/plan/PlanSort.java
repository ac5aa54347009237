package com.misybot.tenancy.tenant.plan;

import java.util.List;

/** What a list of plans may be sorted by, each completed by the id. */
public enum PlanSort {
    ID,
    CREATED_AT;

    /** What a page needs to go on after this plan. */
    public List<String> cursor(Plan plan) {
        return List.of(plan.createdAt().toString(), plan.id());
    }
}
