package com.misybot.tenancy.onboarding.proof;

/** What came of looking for a challenge. */
public sealed interface Verdict {

    /** Where the challenge may stand. */
    enum Method {
        /** In a TXT record of {@code _misy-challenge.<host>}. */
        DNS,
        /** At {@code https://<host>/.well-known/misy-verification.txt}. */
        HTTP
    }

    /** It stands there. */
    record Proven(Method method) implements Verdict {}

    /** It stands nowhere; what is missing in each place. */
    record Missed(Miss dns, Miss http) implements Verdict {}
}
