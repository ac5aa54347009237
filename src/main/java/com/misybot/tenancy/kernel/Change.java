package com.misybot.tenancy.kernel;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One change, told by the module that made it through Spring's synchronous publisher inside the transaction of the change.
 * Whoever listens (audit, events) writes in that transaction.
 *
 * @param id of the change, a UUIDv7; follow-up jobs carry it in their ids
 * @param tenant whose change it is; the nil UUID for the platform's own rows
 * @param type what happened, a constant of the publishing module such as {@code tenant.created}
 * @param subject the changed thing within the tenant, such as a key's id; the tenant's own slug where it is the tenant
 * @param fields the changed fields by their names, each with what it was before and is after
 * @param cause who and why
 * @param at when, cut to microseconds
 */
public record Change(
        UUID id,
        UUID tenant,
        String type,
        String subject,
        SortedMap<String, Difference> fields,
        Cause cause,
        Instant at) {

    public Change {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }
}
