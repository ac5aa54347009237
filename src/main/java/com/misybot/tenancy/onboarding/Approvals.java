package com.misybot.tenancy.onboarding;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.operation.job.JobId;
import com.misybot.tenancy.operation.job.JobType;
import com.misybot.tenancy.operation.job.Jobs;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says yes to applications, by the policy or by an operator, in the caller's transaction; what follows is a job of its own. */
@Component
class Approvals {

    static final JobType<JobType.NoData> REGISTER = JobType.named("onboarding.register");

    private static final Cause POLICY = Cause.of(Actor.system("onboarding"));

    private final ApplicationRows rows;
    private final InvitationRows invitations;
    private final Telling telling;
    private final Jobs jobs;
    private final OnboardingSettings settings;

    Approvals(
            ApplicationRows rows, InvitationRows invitations, Telling telling, Jobs jobs, OnboardingSettings settings) {
        this.rows = rows;
        this.invitations = invitations;
        this.telling = telling;
        this.jobs = jobs;
        this.settings = settings;
    }

    /** Approves what nobody has to look at, once all of it is proven; leaves the others to an operator. */
    Application byPolicy(Application proven, Instant now) {
        var wanted = settings.approval() == OnboardingSettings.Approval.AUTOMATIC || proven.approvedBeforehand();
        return wanted && proven.wish().isOfOneHost() && isGivenItsPlan(proven)
                ? approve(proven, null, POLICY, now)
                : proven;
    }

    /** A plan costs something: an applicant may ask for one, and gets the one of an invitation. */
    private boolean isGivenItsPlan(Application application) {
        var plan = application.wish().plan();
        return plan == null
                || (application.invitation() != null
                        && invitations
                                .find(application.invitation())
                                .filter(invitation -> plan.equals(invitation.plan()))
                                .isPresent());
    }

    Application approve(Application application, @Nullable TenantId chosen, Cause cause, Instant now) {
        var approved = rows.update(application.approved(chosen, cause.actor().toString(), cause.reason(), now));
        telling.moved(application, approved, OnboardingChanges.APPROVED, cause, now);
        jobs.schedule(REGISTER, new JobId(Scope.NIL, application.id()));
        return approved;
    }
}
