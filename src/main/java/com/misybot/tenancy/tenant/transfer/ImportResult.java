package com.misybot.tenancy.tenant.transfer;

import com.misybot.tenancy.web.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What became of one line.
 *
 * @param line its number
 * @param status what was done
 * @param tenantId whose line it is, where it says so
 * @param problem why it was refused
 */
public record ImportResult(
        long line,
        Status status,
        @Nullable String tenantId,
        @Nullable Problem problem) {

    /** What can be done with a line. */
    public enum Status {
        CREATED,
        UPDATED,
        UNCHANGED,
        REFUSED
    }
}
