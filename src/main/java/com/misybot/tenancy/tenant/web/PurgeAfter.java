package com.misybot.tenancy.tenant.web;

import com.misybot.tenancy.tenant.TenantSettings;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/** How long a deleted tenant can be restored: an ISO 8601 duration in days or less, from {@code PT24H} to {@code P365D}. */
final class PurgeAfter {

    private PurgeAfter() {}

    /**
     * Reads the query parameter {@code purgeAfter}.
     *
     * @throws ProblemException 400 where it is no such duration
     */
    static Duration parse(String text) {
        try {
            var wait = Duration.parse(text);
            if (wait.compareTo(TenantSettings.SHORTEST_PURGE) >= 0
                    && wait.compareTo(TenantSettings.LONGEST_PURGE) <= 0) {
                return wait;
            }
        } catch (DateTimeParseException e) {
            // told below, like a duration out of bounds
        }
        throw ProblemException.invalid(FieldError.query(
                "purgeAfter", FieldError.RANGE, "Give an ISO 8601 duration from PT24H to P365D, such as P30D."));
    }
}
