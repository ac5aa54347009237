package com.misybot.tenancy.lifecycle;

import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.kernel.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What a module does when a single tenant is registered, in the transaction (of the platform's scope) in which it comes into being. */
@FunctionalInterface
public interface OnRegistration {

    /**
     * Does the module's part.
     *
     * @param tenant who has come into being; its row is written already
     * @return a secret that the answer shows this once; empty where there is none
     */
    Optional<OneTimeSecret> registered(Registered tenant);

    /**
     * A tenant that has just come into being.
     *
     * @param id its UUID
     * @param tenantId its slug
     * @param issueSecret whether its caller wants a first secret
     * @param cause who registered it, and why
     * @param at when
     */
    record Registered(UUID id, TenantId tenantId, boolean issueSecret, Cause cause, Instant at) {}
}
