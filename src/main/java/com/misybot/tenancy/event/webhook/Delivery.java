package com.misybot.tenancy.event.webhook;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message to one webhook, and how its last attempt went.
 *
 * @param id that of the event for the first message about it
 * @param about which event
 * @param attempt how many there were
 * @param nextAt when it is sent again; null where it is not, and before the first attempt, which is made at once
 * @param status of the last answer; null where there was none
 * @param latencyMs of the last attempt
 * @param error why the last attempt was none that was accepted, one of few words
 */
public record Delivery(
        UUID id,
        About about,
        State state,
        int attempt,
        @Nullable Instant nextAt,
        @Nullable Integer status,
        @Nullable Integer latencyMs,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant attemptedAt) {

    /** How far a message is. */
    public enum State {
        /** It is sent, or sent again, in time. */
        PENDING,
        /** It was answered with a status of 200 to 299. */
        DELIVERED,
        /** No attempt was accepted, and there is none any more. */
        FAILED,
        /** The webhook was disabled before. */
        CANCELLED
    }

    /**
     * What a message is about.
     *
     * @param tenant whose event
     * @param sequence of the event among those of its tenant; 0 for a test
     * @param event id of the event, which is also that of the message in the header {@code webhook-id}
     */
    public record About(UUID tenant, long sequence, UUID event, String type) {}
}
