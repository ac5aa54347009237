package com.misybot.tenancy.tenant;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.job.JobHandler;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.operation.job.JobType;
import org.springframework.stereotype.Component;

/** Suspends the tenant whose {@code activeUntil} has passed and resumes the one whose suspension has ended. */
@Component
class DeadlineHandler implements JobHandler<JobType.NoData> {

    private static final Cause CAUSE = Cause.of(Actor.system(Deadlines.DEADLINE.name()));

    private final ScopedTransactions transactions;
    private final TenantService tenants;

    DeadlineHandler(ScopedTransactions transactions, TenantService tenants) {
        this.transactions = transactions;
        this.tenants = tenants;
    }

    @Override
    public JobType<JobType.NoData> type() {
        return Deadlines.DEADLINE;
    }

    @Override
    public void run(JobRun run, JobType.NoData none) {
        transactions.change(run.scope(), () -> {
            run.confirm();
            return tenants.meetDeadline(run.id().tenant(), CAUSE);
        });
    }
}
