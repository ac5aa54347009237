package com.misybot.tenancy.tenant.plan;

import com.misybot.tenancy.web.ProblemCode;
import com.misybot.tenancy.web.ProblemException;
import org.springframework.http.HttpStatus;

/** What can be wrong with a request about plans. */
enum PlanProblem implements ProblemCode {
    UNKNOWN_PLAN(HttpStatus.NOT_FOUND, "There is no such plan here"),
    PLAN_IN_USE(HttpStatus.CONFLICT, "The plan is in use"),
    PLAN_RESERVED(HttpStatus.UNPROCESSABLE_CONTENT, "The id of the plan is a reserved word"),
    PLAN_OUT_OF_REACH(HttpStatus.FORBIDDEN, "The caller may not see every tenant that has the plan");

    private final HttpStatus status;
    private final String title;

    PlanProblem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }

    static ProblemException unknown() {
        return new ProblemException(UNKNOWN_PLAN, "There is no plan with this id within your reach.");
    }

    static ProblemException inUse(String why) {
        return new ProblemException(PLAN_IN_USE, why);
    }

    static ProblemException outOfReach() {
        return new ProblemException(
                PLAN_OUT_OF_REACH,
                "A plan is changed by keys that reach all tenants, or all of this plan: this one is limited to others.");
    }
}
