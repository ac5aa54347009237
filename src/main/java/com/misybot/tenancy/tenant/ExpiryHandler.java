package com.misybot.tenancy.tenant;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Difference;
import com.misybot.tenancy.kernel.LogContext;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.job.JobHandler;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.operation.job.JobType;
import jakarta.persistence.EntityManager;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * Warns that the {@code activeUntil} of a tenant will pass. What was told is written in the transaction that tells it, under the lock of
 * the tenant: however many jobs come to it, each warning is told once.
 */
@Component
class ExpiryHandler implements JobHandler<JobType.NoData> {

    private static final Cause CAUSE = Cause.of(Actor.system(Deadlines.EXPIRY.name()));

    private final ScopedTransactions transactions;
    private final TenantRepository tenants;
    private final EntityManager entities;
    private final ChangeTelling changes;
    private final Deadlines deadlines;
    private final TenantSettings settings;

    ExpiryHandler(
            ScopedTransactions transactions,
            TenantRepository tenants,
            EntityManager entities,
            ChangeTelling changes,
            Deadlines deadlines,
            TenantSettings settings) {
        this.transactions = transactions;
        this.tenants = tenants;
        this.entities = entities;
        this.changes = changes;
        this.deadlines = deadlines;
        this.settings = settings;
    }

    @Override
    public JobType<JobType.NoData> type() {
        return Deadlines.EXPIRY;
    }

    @Override
    public void run(JobRun run, JobType.NoData none) {
        transactions.change(run.scope(), () -> {
            run.confirm();
            var tenant = tenants.findById(run.id().tenant()).orElseThrow();
            LogContext.tenant(tenant.tenantId());
            var now = transactions.now();
            var warning = tenant.warn(settings.expiryWarnings(), now);
            if (warning != null) {
                entities.flush();
                var fields = new TreeMap<>(Map.of(
                        "expiresWithin", Difference.of(null, warning.before().toString())));
                changes.tellOf(tenant, TenantChanges.EXPIRING, tenant.tenantId().value(), fields, CAUSE, now);
            }
            deadlines.scheduleWarning(tenant);
            return tenant;
        });
    }
}
