package com.misybot.tenancy.isolation.probe;

import java.util.List;

/** A store in which the probe plants canaries and tries to reach from one to the other. One bean a store. */
public interface ProbedStore {

    /** What the store is called in reports: {@code postgres}, {@code redis} or {@code mongodb}. */
    String name();

    /** Whether there is one to be probed; a store that is not configured is left out of the report. */
    boolean isOn();

    /**
     * Puts a canary where a tenant's data is.
     *
     * @throws RuntimeException where the store is away
     */
    void plant(Canary canary);

    /**
     * Tries as one tenant to reach the canary of the other, by every way there is. What was tried and denied must leave the store as it
     * was.
     *
     * @throws RuntimeException where the store is away
     */
    List<ProbeAttempt> attempts(Canary intruder, Canary victim);

    /** Removes a canary and whatever an attempt has made beside it; also where it was not planted to the end. */
    void remove(Canary canary);
}
