package com.misybot.tenancy.event.webhook;

import com.misybot.tenancy.outbound.OutboundUrl;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is told of events by HTTP.
 *
 * @param tenant whose events; the nil UUID for those of all
 * @param terms what a client may set
 * @param disabledBecause why it is not told; null where it is
 * @param failingSince since when no message has been accepted, though some were sent
 * @param previousUntil until when messages are signed with the secret before, too
 * @param version raised by 1 with every change of a client, and when the service disables it
 */
public record Webhook(
        UUID tenant,
        UUID id,
        Terms terms,
        @Nullable Because disabledBecause,
        @Nullable Instant failingSince,
        @Nullable Instant previousUntil,
        long version,
        Instant createdAt,
        String createdBy,
        Instant updatedAt,
        String updatedBy) {

    /**
     * What a client may set.
     *
     * @param types patterns of types, see {@link TypePattern}
     * @param description for people
     * @param enabled whether it is told
     */
    public record Terms(
            OutboundUrl url,
            List<TypePattern> types,
            @Nullable String description,
            boolean enabled) {

        public Terms {
            types = List.copyOf(types);
        }
    }

    /** Why a webhook is not told. */
    public enum Because {
        /** A client said so. */
        CALLER,
        /** Its server answered 410. */
        GONE,
        /** Its server accepted nothing for too long. */
        FAILING
    }
}
