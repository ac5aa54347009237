package com.misybot.tenancy.document;

import java.time.Instant;
import java.util.UUID;

/**
 * A collection of a tenant as it is declared.
 *
 * @param tenant {@code id} of the tenant
 * @param generation which collection of this name it is; documents of another one do not exist
 * @param version raised by 1 with every change of the declaration
 * @param dropping whether it is deleted for every caller and MongoDB is still to drop it
 */
public record DeclaredCollection(
        UUID tenant,
        CollectionName name,
        UUID generation,
        Declaration declaration,
        long version,
        boolean dropping,
        Instant createdAt,
        String createdBy,
        Instant updatedAt,
        String updatedBy) {

    /** A collection that was declared for the first time. */
    public static DeclaredCollection first(
            UUID tenant, CollectionName name, UUID generation, Declaration declaration, String actor, Instant at) {
        return new DeclaredCollection(tenant, name, generation, declaration, 1, false, at, actor, at, actor);
    }

    /** With another declaration. */
    public DeclaredCollection with(UUID nextGeneration, Declaration next, String actor, Instant at) {
        return new DeclaredCollection(
                tenant, name, nextGeneration, next, version + 1, dropping, createdAt, createdBy, at, actor);
    }

    /** Deleted for every caller. */
    public DeclaredCollection closed(String actor, Instant at) {
        return new DeclaredCollection(
                tenant, name, generation, declaration, version + 1, true, createdAt, createdBy, at, actor);
    }
}
