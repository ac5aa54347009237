package com.misybot.tenancy.tenant;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant may use, from its plan with what it overrides laid over that. Rates are of all instances together. Kept as JSON; a
 * limit that only a later version knows is passed over, and one that an earlier version did not know is what it was made with.
 *
 * @param resolvesPerSecond contexts resolved for it, 1 to 1,000,000
 * @param introspectionsPerSecond sessions introspected for it, 1 to 1,000,000
 * @param verificationsPerSecond checks of its secrets, 1 to 1,000,000
 * @param sessionStartsPerMinute sessions started from one client address, 1 to 100,000
 * @param sessions live sessions, 0 to 10,000,000
 * @param origins allowed origins, 0 to 50
 * @param sessionIdle longest idle time of a session, PT1M to P30D
 * @param sessionLifetime longest lifetime of a session, PT1M to P365D
 * @param collections collections of documents, 0 to 1,000
 * @param documents documents in all its collections, 0 to 1,000,000,000
 * @param documentBytes bytes of all of them as JSON, 0 to 100 TB
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
        Duration sessionLifetime,
        int collections,
        long documents,
        long documentBytes) {

    /** What a plan gives that says nothing of collections. */
    public static final int COLLECTIONS = 20;

    /** What a plan gives that says nothing of documents. */
    public static final long DOCUMENTS = 100_000;

    /** What a plan gives that says nothing of their bytes: 1 GB. */
    public static final long DOCUMENT_BYTES = 1_000_000_000;

    @JsonCreator
    static Limits read(
            @JsonProperty("resolvesPerSecond") int resolvesPerSecond,
            @JsonProperty("introspectionsPerSecond") int introspectionsPerSecond,
            @JsonProperty("verificationsPerSecond") int verificationsPerSecond,
            @JsonProperty("sessionStartsPerMinute") int sessionStartsPerMinute,
            @JsonProperty("sessions") int sessions,
            @JsonProperty("origins") int origins,
            @JsonProperty("sessionIdle") Duration sessionIdle,
            @JsonProperty("sessionLifetime") Duration sessionLifetime,
            @JsonProperty("collections") @Nullable Integer collections,
            @JsonProperty("documents") @Nullable Long documents,
            @JsonProperty("documentBytes") @Nullable Long documentBytes) {
        return new Limits(
                resolvesPerSecond,
                introspectionsPerSecond,
                verificationsPerSecond,
                sessionStartsPerMinute,
                sessions,
                origins,
                sessionIdle,
                sessionLifetime,
                requireNonNullElse(collections, COLLECTIONS),
                requireNonNullElse(documents, DOCUMENTS),
                requireNonNullElse(documentBytes, DOCUMENT_BYTES));
    }

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
                requireNonNullElse(over.sessionLifetime(), sessionLifetime),
                requireNonNullElse(over.collections(), collections),
                requireNonNullElse(over.documents(), documents),
                requireNonNullElse(over.documentBytes(), documentBytes));
    }
}
