package com.misybot.tenancy.tenant;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant has instead of what its plan gives; null is the plan's. The same limits within the same bounds as {@link Limits}.
 * Kept as JSON; a limit that only a later version knows is passed over.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record LimitOverrides(
        @Nullable Integer resolvesPerSecond,
        @Nullable Integer introspectionsPerSecond,
        @Nullable Integer verificationsPerSecond,
        @Nullable Integer sessionStartsPerMinute,
        @Nullable Integer sessions,
        @Nullable Integer origins,
        @Nullable Duration sessionIdle,
        @Nullable Duration sessionLifetime,
        @Nullable Integer collections,
        @Nullable Long documents,
        @Nullable Long documentBytes) {}
