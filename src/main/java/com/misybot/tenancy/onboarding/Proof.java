package com.misybot.tenancy.onboarding;

import com.misybot.tenancy.onboarding.proof.Miss;
import com.misybot.tenancy.onboarding.proof.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the proof of the first origin stands.
 *
 * @param challenge what has to stand where only the owner can write
 * @param checks how often was looked in vain
 * @param checkAt when is looked next; null where nobody waits for it
 * @param checkedAt when was looked last
 * @param dns what was missing in the DNS then
 * @param http what was missing on the site then
 * @param method how it was proven
 * @param provenAt when it was proven last
 */
public record Proof(
        String challenge,
        int checks,
        @Nullable Instant checkAt,
        @Nullable Instant checkedAt,
        @Nullable Miss dns,
        @Nullable Miss http,
        Verdict.@Nullable Method method,
        @Nullable Instant provenAt) {

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);
    private static final int MOST_DOUBLINGS = 20;

    static Proof open(String challenge) {
        return new Proof(challenge, 0, null, null, null, null, null, null);
    }

    /** Somebody has been told what to write. */
    Proof waiting(Instant now) {
        return new Proof(challenge, checks, now.plus(FIRST_PAUSE), checkedAt, dns, http, method, provenAt);
    }

    /** Nobody waits for it any more. */
    Proof over() {
        return new Proof(challenge, checks, null, checkedAt, dns, http, method, provenAt);
    }

    /** Somebody looks now, and nobody else for a while. */
    Proof looking(Instant now) {
        return new Proof(challenge, checks, now.plus(FIRST_PAUSE), now, dns, http, method, provenAt);
    }

    /** Nothing was there: the n-th time in a row the next look is 1 min × 2ⁿ⁻¹ away, at most 6 hours. */
    Proof missed(Verdict.Missed missed, Instant now) {
        return new Proof(challenge, checks + 1, now.plus(pause()), now, missed.dns(), missed.http(), method, provenAt);
    }

    /** It was there, and is looked for again then. */
    Proof found(Verdict.Method how, Instant now, Instant again) {
        return new Proof(challenge, 0, again, now, null, null, how, now);
    }

    /** A tenant's was there and is no longer; somebody looks again then. */
    Proof lost(Verdict.Missed missed, Instant now, Instant again) {
        return new Proof(challenge, checks + 1, again, now, missed.dns(), missed.http(), method, provenAt);
    }

    private Duration pause() {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(checks, MOST_DOUBLINGS));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
