package com.misybot.tenancy.onboarding;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.operation.job.RecurringJob;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Forgets what is no longer needed: who it was in applications that have ended, links that have expired, networks that came once. */
@Component
class Forgetting implements RecurringJob {

    private final ScopedTransactions transactions;
    private final DueApplications applications;
    private final Visits visits;
    private final JdbcClient jdbc;
    private final OnboardingSettings settings;

    Forgetting(
            ScopedTransactions transactions,
            DueApplications applications,
            Visits visits,
            JdbcClient jdbc,
            OnboardingSettings settings) {
        this.transactions = transactions;
        this.applications = applications;
        this.visits = visits;
        this.jdbc = jdbc;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "onboarding.forgetting";
    }

    @Override
    public Recurrence recurrence() {
        return Recurrence.every(Duration.ofHours(1));
    }

    @Override
    public void run(JobRun run) {
        transactions.change(Scope.platformRows(), () -> applications.forget(settings.keepContact()));
        run.checkpoint();
        visits.forget();
        run.checkpoint();
        // an expired link is told from an unknown one for a while
        transactions.change(
                Scope.keeper(),
                () -> jdbc.sql("delete from onboarding_token where expires_at <= now() - interval '30 days'")
                        .update());
    }
}
