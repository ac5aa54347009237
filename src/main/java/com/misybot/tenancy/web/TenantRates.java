package com.misybot.tenancy.web;

import java.util.UUID;

/** Rates of tenants, for modules that the module which counts depends on. Counted over all instances. */
public interface TenantRates {

    /**
     * Counts a check of a tenant's secret.
     *
     * @param tenant whose secret it is
     * @param perSecond how many it may have checked in a second
     * @throws ProblemException 429 {@code too_many_requests} with {@code Retry-After} and the RateLimit fields
     */
    void requireVerification(UUID tenant, int perSecond);
}
