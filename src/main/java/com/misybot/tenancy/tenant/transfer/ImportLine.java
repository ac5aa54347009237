package com.misybot.tenancy.tenant.transfer;

import com.misybot.tenancy.tenant.Arrival;
import com.misybot.tenancy.web.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What the JSON of a line says.
 *
 * @param tenantId as far as it could be read and is one
 * @param arrival what is asked for; null where it is refused
 * @param problem why it is refused
 */
public record ImportLine(
        @Nullable String tenantId,
        @Nullable Arrival arrival,
        @Nullable Problem problem) {

    /** Reads lines; the form on the wire is the business of who implements it. */
    @FunctionalInterface
    public interface Reading {

        /** Reads a line, and never raises because of what is in it. */
        ImportLine read(byte[] json);
    }
}
