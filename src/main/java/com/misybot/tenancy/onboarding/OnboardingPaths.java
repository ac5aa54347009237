package com.misybot.tenancy.onboarding;

/** Where the pages stand that links in mails open. */
public final class OnboardingPaths {

    /** Followed by the token that shows that the mail was read. */
    public static final String VERIFY = "/onboarding/verify/";

    /** Followed by the token for the first secret. */
    public static final String SECRET = "/onboarding/secret/";

    private OnboardingPaths() {}
}
