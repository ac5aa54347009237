package com.misybot.tenancy.isolation.redis;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a tenant's namespace in Redis.
 *
 * @param tenant whose
 * @param generation raised by every change
 * @param sha256 of the password of its user, 64 digits; null where there is no user
 * @param closedBy the operation that empties it and keeps writers out meanwhile
 * @param issuedAt when the password was made
 * @param issuedBy who wanted it
 */
record NamespaceRow(
        UUID tenant,
        long generation,
        @Nullable String sha256,
        @Nullable UUID closedBy,
        @Nullable Instant issuedAt,
        @Nullable String issuedBy) {}
