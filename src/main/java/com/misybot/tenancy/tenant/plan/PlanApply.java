package com.misybot.tenancy.tenant.plan;

import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Difference;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.operation.OperationHandler;
import com.misybot.tenancy.operation.OperationRun;
import com.misybot.tenancy.operation.job.RetryPolicy;
import com.misybot.tenancy.tenant.TenantLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Brings a change of a plan to every tenant that has it: raises the version of its context, in a transaction of its own under its
 * lock. Begun anew it passes over those that have been raised; whoever comes to the plan meanwhile has the new terms anyway. It
 * cannot be cancelled, because contexts of two versions of a plan would stay side by side, and is repeated until it succeeds.
 */
@Component
class PlanApply implements OperationHandler {

    static final String KIND = "plan.apply";

    private static final int BATCH = 500;
    private static final int MOST_FAILURES = 10;

    private final PlanTenants tenants;
    private final TenantLimits limits;

    PlanApply(PlanTenants tenants, TenantLimits limits) {
        this.tenants = tenants;
        this.limits = limits;
    }

    /**
     * What has changed.
     *
     * @param plan which plan
     * @param version its version since then
     * @param fields what changed of it
     * @param cause who changed it, and why
     */
    record Input(String plan, long version, SortedMap<String, Difference> fields, Cause cause) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public boolean cancellable() {
        return false;
    }

    @Override
    public RetryPolicy retries() {
        return RetryPolicy.untilDone();
    }

    @Override
    public Map<String, Object> run(OperationRun run) {
        var input = Objects.requireNonNull(run.input(Input.class), "An order of this kind has input");
        var total = tenants.count(input.plan());
        var done = total - tenants.countBehind(input.plan(), input.version());
        run.progress(done, total);
        var after = Scope.NIL;
        var failures = new ArrayList<RuntimeException>();
        List<UUID> behind;
        do {
            behind = tenants.behind(input.plan(), input.version(), after, BATCH);
            for (var tenant : behind) {
                if (raised(tenant, input, failures)) {
                    done++;
                }
                run.progress(done, Math.max(done, total));
                after = tenant;
            }
        } while (!behind.isEmpty());
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
        return Map.of("plan", input.plan(), "version", input.version(), "tenants", done);
    }

    /** One that fails is left for the next run; many that do end this one, because something else is wrong. */
    private boolean raised(UUID tenant, Input input, List<RuntimeException> failures) {
        try {
            return limits.planChanged(tenant, input.plan(), input.version(), input.fields(), input.cause());
        } catch (RuntimeException e) {
            failures.add(e);
            if (failures.size() == MOST_FAILURES) {
                throw e;
            }
            return false;
        }
    }
}
