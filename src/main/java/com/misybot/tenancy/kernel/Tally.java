package com.misybot.tenancy.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Counts what is done so often that an entry for each would be too much for a trail, and what whoever it concerns must not be
 * troubled with. The trail says now and then how often it was.
 */
@FunctionalInterface
public interface Tally {

    /**
     * Counts one. Does not block.
     *
     * @param tenantId whose trail says so; null for the platform's own
     * @param caller who did it; null where nobody knows
     * @param what it was and how it ended, of a few words only
     */
    void count(@Nullable String tenantId, @Nullable Actor caller, String what);
}
