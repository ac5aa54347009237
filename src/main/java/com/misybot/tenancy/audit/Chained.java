package com.misybot.tenancy.audit;

import java.util.UUID;

/**
 * An entry in its place.
 *
 * @param tenant whose trail; the nil UUID for the platform's own
 * @param seq its number, 1 for the first
 * @param entry what it tells
 * @param detailsDigest of its details, also where they are no longer there
 * @param checkpoint number of the last checkpoint when it was written, 0 where there was none
 * @param previous hash of the entry before, zeros for the first
 * @param hash its own
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares entries
public record Chained(
        UUID tenant, long seq, Entry entry, byte[] detailsDigest, long checkpoint, byte[] previous, byte[] hash) {

    /** The hash that follows from what it tells, where it stands and what was before it. */
    byte[] expectedHash() {
        return Digests.entry(tenant, seq, checkpoint, previous, Digests.body(entry, detailsDigest));
    }
}
