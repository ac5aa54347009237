package com.misybot.tenancy.onboarding;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.onboarding.DueApplications.Due;
import com.misybot.tenancy.operation.job.JobId;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.operation.job.JobType;
import com.misybot.tenancy.operation.job.Jobs;
import com.misybot.tenancy.operation.job.RecurringJob;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Looks for what time brings: proofs to be looked for, tenants that have become active, applications that expire. What an applicant or an
 * operator causes has its job at once and does not wait for this.
 */
@Component
class DueWork implements RecurringJob {

    private static final int AT_ONCE = 500;

    private final ScopedTransactions transactions;
    private final DueApplications applications;
    private final ApplicationRows rows;
    private final Invitations invitations;
    private final Telling telling;
    private final Jobs jobs;
    private final OnboardingSettings settings;

    DueWork(
            ScopedTransactions transactions,
            DueApplications applications,
            ApplicationRows rows,
            Invitations invitations,
            Telling telling,
            Jobs jobs,
            OnboardingSettings settings) {
        this.transactions = transactions;
        this.applications = applications;
        this.rows = rows;
        this.invitations = invitations;
        this.telling = telling;
        this.jobs = jobs;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "onboarding.due-work";
    }

    @Override
    public Recurrence recurrence() {
        return Recurrence.every(settings.lookEvery());
    }

    @Override
    public void run(JobRun run) {
        for (var id : due(Due.EXPIRY)) {
            run.checkpoint();
            expire(id);
        }
        schedule(Due.CHECK, OriginChecks.CHECK);
        schedule(Due.REGISTRATION, Approvals.REGISTER);
        schedule(Due.WELCOME, Welcoming.WELCOME);
    }

    /** Without the lock of the platform's own rows, which most of the time there is nothing to take for. */
    private List<UUID> due(Due what) {
        return transactions.read(Scope.platformRows(), () -> applications.due(what, AT_ONCE));
    }

    private void schedule(Due what, JobType<JobType.NoData> type) {
        var due = due(what);
        if (!due.isEmpty()) {
            transactions.change(Scope.platformRows(), () -> {
                due.forEach(id -> jobs.schedule(type, new JobId(Scope.NIL, id)));
                return null;
            });
        }
    }

    private void expire(UUID id) {
        transactions.change(Scope.platformRows(), () -> {
            var now = transactions.now();
            rows.lock(id)
                    .filter(one -> one.state().allowed().contains(ApplicationState.EXPIRED)
                            && !one.expiresAt().isAfter(now))
                    .ifPresent(before -> {
                        var after = rows.update(before.expired(now));
                        invitations.giveBack(after);
                        telling.moved(before, after, OnboardingChanges.EXPIRED, Cause.of(Actor.system(name())), now);
                    });
            return null;
        });
    }
}
