package com.misybot.tenancy.context.session;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session as it is kept. Instants are cut to milliseconds.
 *
 * @param tenant whose it is
 * @param id 8 base-62 digits, unique within the tenant; the token begins with both
 * @param version raised by every change, from 1
 * @param hash what is kept of its token
 * @param assurance what it was started on
 * @param secretId which secret of the tenant, where it was started on one
 * @param subject who it is about, in the words of the service that started it
 * @param attributes a JSON object as text
 * @param epoch of the tenant when it was started; over where the tenant has a later one
 * @param createdAt when it was started
 * @param idle how long it lives without use
 * @param endsAt when it ends however much it is used
 * @param client hash of the address it was started from
 */
public record Session(
        UUID tenant,
        String id,
        long version,
        String hash,
        Assurance assurance,
        @Nullable String secretId,
        @Nullable String subject,
        String attributes,
        long epoch,
        Instant createdAt,
        Duration idle,
        Instant endsAt,
        String client) {

    /** When it ends if it is used now and not again. */
    Instant expiryFrom(Instant now) {
        var idleEnd = now.plus(idle);
        return idleEnd.isBefore(endsAt) ? idleEnd : endsAt;
    }

    /** How long Redis keeps it when it is used now: a hundredth longer than promised, so that not every use has to tell Redis. */
    Instant keptFrom(Instant now) {
        var kept = now.plus(idle).plus(idle.dividedBy(100));
        return kept.isBefore(endsAt) ? kept : endsAt;
    }

    /** The next version, opened by the token with this hash. */
    Session next(String nextHash, @Nullable String nextSubject, String nextAttributes) {
        return new Session(
                tenant,
                id,
                version + 1,
                nextHash,
                assurance,
                secretId,
                nextSubject,
                nextAttributes,
                epoch,
                createdAt,
                idle,
                endsAt,
                client);
    }

    /** Without anything that opens it or tells of whom it is. */
    @Override
    public String toString() {
        return "Session[" + tenant + " " + id + "]";
    }
}
