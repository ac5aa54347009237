package com.misybot.tenancy.onboarding;

import com.misybot.tenancy.credential.Rotation;
import com.misybot.tenancy.credential.TenantSecrets;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.Sender;
import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.operation.job.JobHandler;
import com.misybot.tenancy.operation.job.JobId;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.operation.job.JobType;
import com.misybot.tenancy.operation.job.Jobs;
import com.misybot.tenancy.tenant.ServedTenant;
import com.misybot.tenancy.tenant.ServedTenants;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Service;

/**
 * Issues the first secret of a tenant to whoever has the link of the welcome mail. The token is used up in the transaction that issues it,
 * which is the tenant's; the application, which is the platform's, is completed by a job that this transaction leaves behind.
 */
@Service
public class FirstSecrets implements JobHandler<JobType.NoData> {

    private static final JobType<JobType.NoData> COMPLETE = JobType.named("onboarding.complete");

    /** A secret that an operator has issued meanwhile may be in use: nobody is to be cut off by opening a mail. */
    private static final Rotation BESIDE_OTHERS = new Rotation(Duration.ofDays(7), null);

    private final ScopedTransactions transactions;
    private final LinkTokens tokens;
    private final TenantSecrets secrets;
    private final ServedTenants tenants;
    private final ApplicationRows rows;
    private final Mails mails;
    private final Telling telling;
    private final Jobs jobs;
    private final Refusals refusals;

    FirstSecrets(
            ScopedTransactions transactions,
            LinkTokens tokens,
            TenantSecrets secrets,
            ServedTenants tenants,
            ApplicationRows rows,
            Mails mails,
            Telling telling,
            Jobs jobs,
            Refusals refusals) {
        this.transactions = transactions;
        this.tokens = tokens;
        this.secrets = secrets;
        this.tenants = tenants;
        this.rows = rows;
        this.mails = mails;
        this.telling = telling;
        this.jobs = jobs;
        this.refusals = refusals;
    }

    /**
     * What a tenant begins with.
     *
     * @param secret shown this once
     */
    public record Issued(TenantId tenantId, SiteId siteId, OneTimeSecret secret) {}

    /**
     * Issues it.
     *
     * @param token of the welcome mail
     * @throws com.misybot.tenancy.web.ProblemException where it is refused
     */
    public Issued issue(String token, Sender sender) {
        var claim = tokens.read(token);
        var scope = Scope.tenant(claim.owner());
        // nobody takes the lock of a tenant by naming it
        transactions.read(scope, () -> tokens.lookForSecret(claim, transactions.now()));
        var tenant = tenant(claim);
        return transactions.change(scope, () -> {
            var now = transactions.now();
            var application = tokens.lookForSecret(claim, now);
            tokens.use(claim, application, LinkTokens.Purpose.SECRET, now);
            var issued = secrets.rotate(tenant.id(), BESIDE_OTHERS, Telling.applicant(sender));
            jobs.schedule(COMPLETE, new JobId(tenant.id(), application));
            return new Issued(tenant.tenantId(), tenant.siteId(), issued.token());
        });
    }

    /** Whose secret it would be, without issuing it. */
    public TenantId look(String token) {
        var claim = tokens.read(token);
        transactions.read(Scope.tenant(claim.owner()), () -> tokens.lookForSecret(claim, transactions.now()));
        return tenant(claim).tenantId();
    }

    private ServedTenant tenant(LinkTokens.Claim claim) {
        return tenants.byId(List.of(claim.owner())).stream()
                .findFirst()
                .orElseThrow(() -> refusals.of(
                        OnboardingProblem.TOKEN_UNKNOWN, "The tenant of this link does not exist any more."));
    }

    @Override
    public JobType<JobType.NoData> type() {
        return COMPLETE;
    }

    @Override
    public void run(JobRun run, JobType.NoData nothing) {
        transactions.change(Scope.platformRows(), () -> {
            rows.lock(run.id().change())
                    .filter(one -> one.state() == ApplicationState.REGISTERED)
                    .ifPresent(before -> {
                        var now = transactions.now();
                        var after = rows.update(before.completed(now));
                        mails.linkUsed(before.id());
                        telling.moved(
                                before,
                                after,
                                OnboardingChanges.COMPLETED,
                                Cause.of(Telling.applicant(null).actor()),
                                now);
                    });
            return null;
        });
    }
}
