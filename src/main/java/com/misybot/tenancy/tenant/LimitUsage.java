package com.misybot.tenancy.tenant;

import java.util.OptionalLong;
import java.util.UUID;

/**
 * Knows how much of one limit a tenant uses. A module contributes a bean of this type for each limit it keeps; what they tell
 * stands in the limits of a tenant under {@code usage}.
 */
public interface LimitUsage {

    /** Name of the limit, as {@link Limits} has it: {@code sessions}. */
    String limit();

    /**
     * How much is used now. Called without a transaction; answers within a quarter of a second and never raises.
     *
     * @return empty where that cannot be told now
     */
    OptionalLong used(UUID tenant);
}
