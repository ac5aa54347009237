package com.misybot.tenancy.isolation.probe;

import com.misybot.tenancy.isolation.Finding;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/**
 * What a run of the probe did and what came of it.
 *
 * @param startedAt when it began
 * @param endedAt when it was over
 * @param stores those that are configured
 */
public record ProbeReport(Instant startedAt, Instant endedAt, List<Store> stores) {

    public ProbeReport {
        stores = List.copyOf(stores);
    }

    /** Whether a store was probed to the end. */
    public enum State {
        PROBED,
        /** It did not answer: nothing is proven, and nothing found. */
        AWAY
    }

    /**
     * One store.
     *
     * @param store which
     * @param state whether it was probed to the end
     * @param attempts what was tried, by either tenant
     */
    @Schema(
            name = "ProbedStore",
            requiredProperties = {"store", "state", "attempts"})
    public record Store(
            @Schema(description = "Which store.", example = "postgres", maxLength = 20)
            String store,

            @Schema(description = "AWAY where it did not answer to the end: nothing is proven then.")
            State state,

            @ArraySchema(maxItems = 1_000) List<ProbeAttempt> attempts) {

        public Store {
            attempts = List.copyOf(attempts);
        }
    }

    /** Whether every store answered to the end, and nothing was found. */
    public boolean isClean() {
        return stores.stream().allMatch(store -> store.state() == State.PROBED)
                && findings().isEmpty();
    }

    /** How much was tried. */
    long attempts() {
        return stores.stream().mapToLong(store -> store.attempts().size()).sum();
    }

    /** Every attempt that was not denied and did not find nothing. */
    List<Finding> findings() {
        return stores.stream()
                .flatMap(store -> store.attempts().stream()
                        .filter(attempt -> !attempt.isClean())
                        .map(attempt -> new Finding(
                                store.store(),
                                attempt.outcome() == ProbeAttempt.Outcome.REACHED ? "probe_reached" : "probe_unclear",
                                attempt.way() + ": " + attempt.detail())))
                .toList();
    }
}
