package com.misybot.tenancy.tenant;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;

/**
 * Which edition of a tenant this is.
 *
 * @param version raised by 1 with every change; the tenant's ETag
 * @param contextVersion raised with every change to what a platform service needs to know
 * @param createdAt when it was registered
 * @param createdBy by whom
 * @param updatedAt when it was last changed
 * @param updatedBy by whom
 */
@Embeddable
public record Revision(
        long version,
        long contextVersion,
        @Column(updatable = false) Instant createdAt,
        @Column(updatable = false) String createdBy,
        Instant updatedAt,
        String updatedBy) {

    static Revision first(String by, Instant now) {
        return new Revision(1, 1, now, by, now, by);
    }

    Revision next(String by, Instant now) {
        return new Revision(version + 1, contextVersion + 1, createdAt, createdBy, now, by);
    }

    /** What is served changes, but nothing of what a client of the registry reads. */
    Revision nextContext() {
        return new Revision(version, contextVersion + 1, createdAt, createdBy, updatedAt, updatedBy);
    }
}
