package com.misybot.tenancy.onboarding;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Difference;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.SecurityEvents;
import com.misybot.tenancy.onboarding.proof.SiteProofs;
import com.misybot.tenancy.onboarding.proof.Verdict;
import com.misybot.tenancy.operation.job.JobHandler;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.operation.job.JobType;
import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.WebProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Looks for the proof of a site: when an applicant asks, again and again until the application expires, and once a year for a tenant. Two
 * short transactions around a look that may take seconds; what another look has moved meanwhile stays.
 */
@Component
class OriginChecks implements JobHandler<JobType.NoData> {

    static final JobType<JobType.NoData> CHECK = JobType.named("onboarding.check");

    private static final Cause LOOKING = Cause.of(Actor.system(CHECK.name()));

    /** An applicant may ask this often. */
    private static final Duration APART = Duration.ofSeconds(10);

    private static final Duration AFTER_A_LOSS = Duration.ofDays(30);

    private final ScopedTransactions transactions;
    private final ApplicationRows rows;
    private final SiteProofs proofs;
    private final Approvals approvals;
    private final Telling telling;
    private final SecurityEvents security;
    private final Refusals refusals;
    private final OnboardingSettings settings;

    OriginChecks(
            ScopedTransactions transactions,
            ApplicationRows rows,
            SiteProofs proofs,
            Approvals approvals,
            Telling telling,
            SecurityEvents security,
            Refusals refusals,
            OnboardingSettings settings) {
        this.transactions = transactions;
        this.rows = rows;
        this.proofs = proofs;
        this.approvals = approvals;
        this.telling = telling;
        this.security = security;
        this.refusals = refusals;
        this.settings = settings;
    }

    @Override
    public JobType<JobType.NoData> type() {
        return CHECK;
    }

    @Override
    public void run(JobRun run, JobType.NoData nothing) {
        var application = transactions.change(Scope.platformRows(), () -> {
            run.confirm();
            var now = transactions.now();
            var due = rows.lock(run.id().change())
                    .filter(one -> one.state() == ApplicationState.EMAIL_VERIFIED
                            || one.state().hasTenant())
                    .filter(one -> one.proof().checkAt() != null
                            && !one.proof().checkAt().isAfter(now))
                    .orElse(null);
            return due == null ? null : rows.update(due.with(due.proof().looking(now)));
        });
        if (application != null) {
            look(application, LOOKING);
        }
    }

    /**
     * Looks at once, because the applicant asks. One that is beyond that step stays as it is.
     *
     * @throws com.misybot.tenancy.web.ProblemException 429 where somebody looked a moment ago
     */
    Application asked(UUID id, Cause cause) {
        var application = transactions.change(Scope.platformRows(), () -> {
            var now = transactions.now();
            var found = rows.lock(id).orElseThrow();
            if (found.state() != ApplicationState.EMAIL_VERIFIED) {
                return found;
            }
            requireApart(found.proof().checkedAt(), now);
            return rows.update(found.with(found.proof().looking(now)));
        });
        return application.state() == ApplicationState.EMAIL_VERIFIED ? look(application, cause) : application;
    }

    private void requireApart(@Nullable Instant before, Instant now) {
        if (before != null && before.plus(APART).isAfter(now)) {
            throw Problem.of(
                            WebProblem.TOO_MANY_REQUESTS,
                            "The proof was looked for a moment ago: name servers take longer than that to tell something new.")
                    .retryAfter(Duration.between(now, before.plus(APART)).plusMillis(999))
                    .asException();
        }
    }

    private Application look(Application application, Cause cause) {
        var verdict =
                proofs.look(application.wish().proven(), application.proof().challenge());
        return transactions.change(Scope.platformRows(), () -> {
            var now = transactions.now();
            var found = rows.lock(application.id()).orElseThrow();
            if (found.state() == ApplicationState.EMAIL_VERIFIED) {
                return conclude(found, verdict, cause, now);
            }
            return found.state().hasTenant() ? keep(found, verdict, now) : found;
        });
    }

    private Application conclude(Application found, Verdict verdict, Cause cause, Instant now) {
        return switch (verdict) {
            case Verdict.Proven proven -> {
                var moved = rows.update(found.proven(proven.method(), now, now.plus(settings.recheckAfter())));
                telling.moved(found, moved, OnboardingChanges.ORIGIN_PROVEN, cause, now);
                yield approvals.byPolicy(moved, now);
            }
            case Verdict.Missed missed -> {
                refusals.count("proof_" + missed.dns().name().toLowerCase(java.util.Locale.ROOT));
                yield rows.update(found.with(found.proof().missed(missed, now)));
            }
        };
    }

    /** A tenant whose proof is gone stays what it is: somebody has to look why. */
    private Application keep(Application found, Verdict verdict, Instant now) {
        return switch (verdict) {
            case Verdict.Proven proven ->
                rows.update(found.with(found.proof().found(proven.method(), now, now.plus(settings.recheckAfter()))));
            case Verdict.Missed missed -> {
                var fields = new TreeMap<String, Difference>();
                fields.put("dns", Difference.of(null, missed.dns()));
                fields.put("http", Difference.of(null, missed.http()));
                fields.put("tenant", Difference.of(null, found.tenant()));
                telling.publish(OnboardingChanges.PROOF_LOST, found.id(), fields, LOOKING, now);
                security.tell(
                        "origin_proof_lost",
                        "The site of tenant " + found.tenantId() + " no longer proves that it is the tenant's");
                yield rows.update(found.with(found.proof().lost(missed, now, now.plus(AFTER_A_LOSS))));
            }
        };
    }
}
