package com.misybot.tenancy.tenant.plan.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.tenant.LimitOverrides;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

/** Some limits on the wire; one that is left out is the plan's. */
@Schema(name = "LimitOverrides")
@JsonInclude(JsonInclude.Include.NON_NULL)
record LimitOverridesBody(
        @Nullable
        @Min(1)
        @Max(1_000_000)
        @Schema(description = "Contexts resolved for the tenant in a second.", example = "500")
        Integer resolvesPerSecond,

        @Nullable
        @Min(1)
        @Max(1_000_000)
        @Schema(description = "Sessions introspected for the tenant in a second.", example = "1000")
        Integer introspectionsPerSecond,

        @Nullable
        @Min(1)
        @Max(1_000_000)
        @Schema(description = "Checks of the tenant's secrets in a second.", example = "100")
        Integer verificationsPerSecond,

        @Nullable
        @Min(1)
        @Max(100_000)
        @Schema(description = "Sessions started from one client address in a minute.", example = "60")
        Integer sessionStartsPerMinute,

        @Nullable @Min(0) @Max(10_000_000) @Schema(description = "Live sessions.", example = "50000")
        Integer sessions,

        @Nullable @Min(0) @Max(50) @Schema(description = "Allowed origins.", example = "50")
        Integer origins,

        @Nullable
        @DurationMin(minutes = 1)
        @DurationMax(days = 30)
        @Schema(
                type = "string",
                description = "The longest idle time of a session, `PT1M` to `P30D`.",
                pattern = LimitsBody.DURATION,
                maxLength = 50,
                example = "PT10M")
        Duration sessionIdle,

        @Nullable
        @DurationMin(minutes = 1)
        @DurationMax(days = 365)
        @Schema(
                type = "string",
                description = "The longest lifetime of a session, `PT1M` to `P365D`.",
                pattern = LimitsBody.DURATION,
                maxLength = 50,
                example = "PT12H")
        Duration sessionLifetime,

        @Nullable @Min(0) @Max(1_000) @Schema(description = "Collections of documents.", example = "20")
        Integer collections,

        @Nullable @Min(0) @Max(1_000_000_000) @Schema(description = "Documents in all collections.", example = "100000")
        Long documents,

        @Nullable
        @Min(0)
        @Max(100_000_000_000_000L)
        @Schema(description = "Bytes of all documents as JSON.", example = "1000000000")
        Long documentBytes) {

    LimitOverrides toOverrides() {
        return new LimitOverrides(
                resolvesPerSecond,
                introspectionsPerSecond,
                verificationsPerSecond,
                sessionStartsPerMinute,
                sessions,
                origins,
                sessionIdle,
                sessionLifetime,
                collections,
                documents,
                documentBytes);
    }

    static LimitOverridesBody from(LimitOverrides overrides) {
        return new LimitOverridesBody(
                overrides.resolvesPerSecond(),
                overrides.introspectionsPerSecond(),
                overrides.verificationsPerSecond(),
                overrides.sessionStartsPerMinute(),
                overrides.sessions(),
                overrides.origins(),
                overrides.sessionIdle(),
                overrides.sessionLifetime(),
                overrides.collections(),
                overrides.documents(),
                overrides.documentBytes());
    }
}
