package com.misybot.tenancy.onboarding;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.job.JobHandler;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.operation.job.JobType;
import com.misybot.tenancy.tenant.ServedTenants;
import com.misybot.tenancy.tenant.TenantStatus;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Writes the mail with the way to the first secret, once the tenant is active. One that is not yet is looked at again by
 * {@link DueWork}, however long its provisioning takes.
 */
@Component
class Welcoming implements JobHandler<JobType.NoData> {

    static final JobType<JobType.NoData> WELCOME = JobType.named("onboarding.welcome");

    private final ScopedTransactions transactions;
    private final ApplicationRows rows;
    private final ServedTenants tenants;
    private final Mails mails;

    Welcoming(ScopedTransactions transactions, ApplicationRows rows, ServedTenants tenants, Mails mails) {
        this.transactions = transactions;
        this.rows = rows;
        this.tenants = tenants;
        this.mails = mails;
    }

    @Override
    public JobType<JobType.NoData> type() {
        return WELCOME;
    }

    @Override
    public void run(JobRun run, JobType.NoData nothing) {
        var id = run.id().change();
        var tenant = transactions
                .read(run.scope(), () -> rows.find(id))
                .filter(Welcoming::waits)
                .map(Application::tenant)
                .orElse(null);
        if (tenant != null && isActive(tenant)) {
            transactions.change(Scope.platformRows(), () -> {
                run.confirm();
                rows.lock(id).filter(Welcoming::waits).ifPresent(application -> {
                    var now = transactions.now();
                    mails.write(id, MailKind.WELCOME, rows.addressKey(id), now);
                    rows.update(application.welcomed(now));
                });
                return null;
            });
        }
    }

    private static boolean waits(Application application) {
        return application.state() == ApplicationState.REGISTERED && application.welcomedAt() == null;
    }

    private boolean isActive(UUID tenant) {
        return tenants.byId(List.of(tenant)).stream().anyMatch(one -> one.status() == TenantStatus.ACTIVE);
    }
}
