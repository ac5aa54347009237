package com.misybot.tenancy.tenant.plan.web;

import static java.util.Objects.requireNonNullElse;

import com.misybot.tenancy.tenant.Limits;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

/** All limits on the wire, within the bounds of {@link Limits}. */
@Schema(name = "Limits")
record LimitsBody(
        @NotNull
        @Min(1)
        @Max(1_000_000)
        @Schema(description = "Contexts resolved for a tenant in a second.", example = "200")
        Integer resolvesPerSecond,

        @NotNull
        @Min(1)
        @Max(1_000_000)
        @Schema(description = "Sessions introspected for a tenant in a second.", example = "400")
        Integer introspectionsPerSecond,

        @NotNull
        @Min(1)
        @Max(1_000_000)
        @Schema(description = "Checks of a tenant's secrets in a second.", example = "100")
        Integer verificationsPerSecond,

        @NotNull
        @Min(1)
        @Max(100_000)
        @Schema(description = "Sessions started from one client address in a minute.", example = "30")
        Integer sessionStartsPerMinute,

        @NotNull @Min(0) @Max(10_000_000) @Schema(description = "Live sessions.", example = "10000")
        Integer sessions,

        @NotNull @Min(0) @Max(50) @Schema(description = "Allowed origins.", example = "50")
        Integer origins,

        @NotNull
        @DurationMin(minutes = 1)
        @DurationMax(days = 30)
        @Schema(
                type = "string",
                description = "The longest idle time of a session, `PT1M` to `P30D`.",
                pattern = LimitsBody.DURATION,
                maxLength = 50,
                example = "PT30M")
        Duration sessionIdle,

        @NotNull
        @DurationMin(minutes = 1)
        @DurationMax(days = 365)
        @Schema(
                type = "string",
                description = "The longest lifetime of a session, `PT1M` to `P365D`.",
                pattern = LimitsBody.DURATION,
                maxLength = 50,
                example = "PT24H")
        Duration sessionLifetime,

        @Nullable
        @Min(0)
        @Max(1_000)
        @Schema(description = "Collections of documents; 20 where it is left out.", example = "20")
        Integer collections,

        @Nullable
        @Min(0)
        @Max(1_000_000_000)
        @Schema(description = "Documents in all collections; 100,000 where it is left out.", example = "100000")
        Long documents,

        @Nullable
        @Min(0)
        @Max(100_000_000_000_000L)
        @Schema(description = "Bytes of all documents as JSON; 1 GB where it is left out.", example = "1000000000")
        Long documentBytes) {

    /** Days, hours, minutes and seconds (ISO 8601). */
    static final String DURATION = "^P([0-9]{1,9}D)?(T([0-9]{1,9}H)?([0-9]{1,9}M)?([0-9]{1,9}S)?)?$";

    Limits toLimits() {
        return new Limits(
                resolvesPerSecond,
                introspectionsPerSecond,
                verificationsPerSecond,
                sessionStartsPerMinute,
                sessions,
                origins,
                sessionIdle,
                sessionLifetime,
                requireNonNullElse(collections, Limits.COLLECTIONS),
                requireNonNullElse(documents, Limits.DOCUMENTS),
                requireNonNullElse(documentBytes, Limits.DOCUMENT_BYTES));
    }

    static LimitsBody from(Limits limits) {
        return new LimitsBody(
                limits.resolvesPerSecond(),
                limits.introspectionsPerSecond(),
                limits.verificationsPerSecond(),
                limits.sessionStartsPerMinute(),
                limits.sessions(),
                limits.origins(),
                limits.sessionIdle(),
                limits.sessionLifetime(),
                limits.collections(),
                limits.documents(),
                limits.documentBytes());
    }
}
