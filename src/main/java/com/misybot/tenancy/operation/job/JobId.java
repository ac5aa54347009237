package com.misybot.tenancy.operation.job;

import com.misybot.tenancy.kernel.Scope;
import java.util.UUID;

/**
 * Which job of its kind: whose it is, and what caused it. Every change makes a job of its own, so a later change never has
 * to find and move the job of an earlier one; the handler reads what holds now.
 *
 * @param tenant whose job; the nil UUID for the platform's own
 * @param change id of the change, or of the thing, that caused it
 */
public record JobId(UUID tenant, UUID change) {

    private static final int UUID_LENGTH = 36;

    /** Reads what {@link #toString()} wrote. */
    static JobId parse(String text) {
        if (text.length() != 2 * UUID_LENGTH + 1 || text.charAt(UUID_LENGTH) != ':') {
            throw new IllegalArgumentException("Not an id of a job: " + text);
        }
        return new JobId(
                UUID.fromString(text.substring(0, UUID_LENGTH)), UUID.fromString(text.substring(UUID_LENGTH + 1)));
    }

    /** The scope this job works in. */
    public Scope.Tenant scope() {
        return Scope.tenant(tenant);
    }

    /** {@code <tenant uuid>:<change uuid>}; row-level security reads the first part. */
    @Override
    public String toString() {
        return tenant + ":" + change;
    }
}
