package com.misybot.tenancy.kernel;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is no change and belongs on a trail all the same: a change that was refused, or something told of that was read. It is
 * published after the transaction that failed has ended, never in one.
 *
 * @param id a UUIDv7
 * @param tenant whose trail it belongs on, as the path names it; null where no one tenant is meant
 * @param kind which of the two
 * @param action what was read, or method and route of what was refused
 * @param resource the path that was asked for
 * @param status of the answer
 * @param code of the problem; null where nothing was refused
 * @param reach the tenants the caller may see: nobody writes on the trail of another one
 * @param cause who
 * @param at when
 */
public record Attempt(
        UUID id,
        @Nullable TenantId tenant,
        Kind kind,
        String action,
        String resource,
        int status,
        @Nullable String code,
        Reach reach,
        Cause cause,
        Instant at) {

    /** What it is. */
    public enum Kind {
        /** A change that was not made. */
        REFUSED,
        /** Something that was read. */
        READ
    }
}
