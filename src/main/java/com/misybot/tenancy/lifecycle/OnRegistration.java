package com.misybot.tenancy.lifecycle;

import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.kernel.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a module does when a single tenant is registered, in the transaction (of the platform's scope) in which it comes into being. */
@FunctionalInterface
public interface OnRegistration {

    /**
     * Does the module's part.
     *
     * @param tenant who has come into being; its row is written already
     * @return what the answer to the registration tells of it
     */
    Part registered(Registered tenant);

    /**
     * What a module has done. Of all parts of a registration at most one has a secret, and at most one an operation.
     *
     * @param secret what the answer shows this once
     * @param operation what goes on after the transaction, and can be waited for
     */
    record Part(@Nullable OneTimeSecret secret, @Nullable UUID operation) {

        /** Nothing that an answer tells. */
        public static final Part QUIET = new Part(null, null);

        /** A secret to be shown. */
        public static Part of(OneTimeSecret secret) {
            return new Part(secret, null);
        }

        /** An operation that goes on. */
        public static Part of(UUID operation) {
            return new Part(null, operation);
        }
    }

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
