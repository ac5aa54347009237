package com.misybot.tenancy.tenant;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Duration;

/**
 * What a tenant may use, from its plan with what it overrides laid over that. Rates are of all instances together. Kept as JSON; a
 * limit that only a later version knows is passed over.
 *
 * @param resolvesPerSecond contexts resolved for it, 1 to 1,000,000
 * @param introspectionsPerSecond sessions introspected for it, 1 to 1,000,000
 * @param verificationsPerSecond checks of its secrets, 1 to 1,000,000
 * @param sessionStartsPerMinute sessions started from one client address, 1 to 100,000
 * @param sessions live sessions, 0 to 10,000,000
 * @param origins allowed origins, 0 to 50
 * @param sessionIdle longest idle time of a session, PT1M to P30D
 * @param sessionLifetime longest lifetime of a session, PT1M to P365D
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Limits(
        int resolvesPerSecond,
        int introspectionsPerSecond,
        int verificationsPerSecond,
        int sessionStartsPerMinute,
        int sessions,
        int origins,
        Duration sessionIdle,
        Duration sessionLifetime) {

    /** These limits with what is overridden laid over them, as {@code limits || overrides} does in SQL. */
    public Limits with(LimitOverrides over) {
        return new Limits(
                requireNonNullElse(over.resolvesPerSecond(), resolvesPerSecond),
                requireNonNullElse(over.introspectionsPerSecond(), introspectionsPerSecond),
                requireNonNullElse(over.verificationsPerSecond(), verificationsPerSecond),
                requireNonNullElse(over.sessionStartsPerMinute(), sessionStartsPerMinute),
                requireNonNullElse(over.sessions(), sessions),
                requireNonNullElse(over.origins(), origins),
                requireNonNullElse(over.sessionIdle(), sessionIdle),
                requireNonNullElse(over.sessionLifetime(), sessionLifetime));
    }
}
