package com.misybot.tenancy.audit;

import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Sender;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one entry of a trail tells, before it has its place in a chain.
 *
 * @param id of the change or of the attempt
 * @param at when, in microseconds
 * @param actorKind sort of caller, as {@link com.misybot.tenancy.kernel.Actor.Kind} names it
 * @param actorId who acted
 * @param keyId the key it has shown
 * @param network where its request came from
 * @param action what was done or tried, such as {@code tenant.suspended}
 * @param resource what it was done to, within the tenant
 * @param outcome how it ended
 * @param reason why, in the caller's words
 * @param ticket the caller's reference
 * @param requestId the id of the request's trace
 * @param details canonical JSON; null where it was shredded
 */
public record Entry(
        UUID id,
        Instant at,
        String actorKind,
        String actorId,
        @Nullable String keyId,
        @Nullable String network,
        String action,
        String resource,
        Outcome outcome,
        @Nullable String reason,
        @Nullable String ticket,
        @Nullable String requestId,
        @Nullable String details) {

    /** How something ended. */
    public enum Outcome {
        /** It was done, and committed with this entry. */
        DONE,
        /** It was refused; nothing changed. */
        REFUSED,
        /** Something was read that is told of. */
        READ,
        /** The trail says something of itself. */
        NOTED
    }

    /** The instant with all its six digits, as it is hashed. */
    public String atText() {
        return Digests.text(at);
    }

    /** An entry about what this cause has brought about. */
    static Entry of(UUID id, Instant at, String action, String resource, Outcome outcome, Cause cause, String details) {
        @Nullable Sender sender = cause.sender();
        return new Entry(
                id,
                at.truncatedTo(ChronoUnit.MICROS),
                cause.actor().kind().name(),
                Storable.text(cause.actor().id()),
                sender == null ? null : sender.keyId(),
                sender == null ? null : sender.network(),
                Storable.text(action),
                Storable.text(resource),
                outcome,
                Storable.optional(cause.reason()),
                Storable.optional(cause.ticket()),
                sender == null ? null : sender.requestId(),
                Storable.text(details));
    }
}
