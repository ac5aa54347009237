package com.misybot.tenancy.event;

import java.util.UUID;

/** Does more about events, in the transaction that has just written them and in its scope. */
@FunctionalInterface
public interface EventFollower {

    /**
     * Told once for each statement that has written events of a tenant who has webhooks.
     *
     * @param count how many of its last events these are
     */
    void written(UUID tenant, int count);
}
