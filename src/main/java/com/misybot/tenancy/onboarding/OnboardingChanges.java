package com.misybot.tenancy.onboarding;

/** What can happen to applications and invitations, as {@link com.misybot.tenancy.kernel.Change#type()} tells it. */
public final class OnboardingChanges {

    public static final String SUBMITTED = "onboarding.submitted";
    public static final String EMAIL_VERIFIED = "onboarding.email_verified";
    public static final String ORIGIN_PROVEN = "onboarding.origin_proven";
    public static final String APPROVED = "onboarding.approved";

    /** It could not become a tenant, and an operator has to decide again. */
    public static final String RETURNED = "onboarding.returned";

    public static final String COMPLETED = "onboarding.completed";
    public static final String REJECTED = "onboarding.rejected";
    public static final String WITHDRAWN = "onboarding.withdrawn";
    public static final String EXPIRED = "onboarding.expired";

    /** The proof of a tenant's site is no longer there. */
    public static final String PROOF_LOST = "onboarding.proof_lost";

    /** An operator had a mail sent again. */
    public static final String MAIL_REPEATED = "onboarding.mail_repeated";

    public static final String INVITED = "invitation.created";
    public static final String INVITATION_REVOKED = "invitation.revoked";

    private OnboardingChanges() {}
}
