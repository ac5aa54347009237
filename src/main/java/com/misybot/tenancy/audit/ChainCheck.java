package com.misybot.tenancy.audit;

import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Follows one chain from entry to entry and finds the first that is not as it was written. Holds one entry at a time; knows
 * nothing of where entries come from, so that the database and an archive are checked alike.
 */
public final class ChainCheck {

    private final UUID tenant;
    private long entries;
    private long shredded;
    private long first;
    private long last;
    private long lastCheckpoint;
    private byte @Nullable [] head;

    /** Checks a trail from its beginning, which is its first entry or one that a sealed checkpoint names. */
    public ChainCheck(UUID tenant) {
        this.tenant = tenant;
    }

    /**
     * Checks a part of a trail.
     *
     * @param before the entry before the part, which is taken as it is
     * @param lastCheckpoint number of the last checkpoint up to that entry, 0 for none
     */
    ChainCheck(UUID tenant, Chained before, long lastCheckpoint) {
        this.tenant = tenant;
        this.last = before.seq();
        this.head = before.hash();
        this.lastCheckpoint = lastCheckpoint;
    }

    /**
     * What is wrong.
     *
     * @param seq the first entry that it is wrong with
     * @param why one word for each kind of fault
     * @param detail a sentence
     */
    public record Fault(long seq, Why why, String detail) {}

    /** Kinds of faults. */
    public enum Why {
        /** An entry is missing, or there twice. */
        SEQUENCE,
        /** It does not name the hash of the one before. */
        PREVIOUS,
        /** It is not what was hashed. */
        HASH,
        /** Its details are not what was hashed. */
        DETAILS,
        /** It names a checkpoint that is not there, or not one that is. */
        CHECKPOINT_MISSING,
        /** A checkpoint says another hash: the chain was written anew. */
        CHECKPOINT_DIFFERS,
        /** A checkpoint that nobody entitled has signed. */
        CHECKPOINT_FORGED,
        /** Entries after the last one that is there. */
        TAIL_MISSING,
        /** The chain does not lead through the reader's own checkpoint. */
        READERS_CHECKPOINT
    }

    /**
     * The next entry, in order.
     *
     * @param checkpoint the one of this entry; null where it has none
     * @param trusted whether that one was made by somebody entitled
     */
    public @Nullable Fault next(Chained entry, @Nullable Checkpoint checkpoint, boolean trusted) {
        var fault = placed(entry, checkpoint);
        if (fault == null) {
            fault = whole(entry);
        }
        if (fault == null && checkpoint != null) {
            fault = signed(entry, checkpoint, trusted);
        }
        if (fault == null) {
            entries++;
            first = first == 0 ? entry.seq() : first;
            last = entry.seq();
            head = entry.hash();
            shredded += entry.entry().details() == null ? 1 : 0;
            lastCheckpoint = checkpoint == null ? lastCheckpoint : checkpoint.seq();
        }
        return fault;
    }

    private @Nullable Fault placed(Chained entry, @Nullable Checkpoint checkpoint) {
        if (head == null && checkpoint != null && checkpoint.sealed() && entry.seq() == checkpoint.seq()) {
            // what was before has been deleted by rule, and this entry is what the checkpoint keeps of it
            lastCheckpoint = entry.checkpoint();
            return null;
        }
        var before = head == null ? new byte[Digests.LENGTH] : head;
        if (entry.seq() != last + 1 || !entry.tenant().equals(tenant)) {
            return new Fault(last + 1, Why.SEQUENCE, "Entry " + (last + 1) + " is not there.");
        }
        if (!Arrays.equals(entry.previous(), before)) {
            return new Fault(entry.seq(), Why.PREVIOUS, "It does not follow the entry before it.");
        }
        return null;
    }

    private @Nullable Fault whole(Chained entry) {
        if (!Arrays.equals(entry.hash(), entry.expectedHash())) {
            return new Fault(entry.seq(), Why.HASH, "It is not what was written.");
        }
        var details = entry.entry().details();
        if (details != null && !Arrays.equals(entry.detailsDigest(), Digests.details(details))) {
            return new Fault(entry.seq(), Why.DETAILS, "Its details are not what was written.");
        }
        if (entry.checkpoint() != lastCheckpoint) {
            return new Fault(
                    entry.seq(),
                    Why.CHECKPOINT_MISSING,
                    "It was written after checkpoint " + entry.checkpoint() + ", and the last one before it is "
                            + lastCheckpoint + ".");
        }
        return null;
    }

    private static @Nullable Fault signed(Chained entry, Checkpoint checkpoint, boolean trusted) {
        if (!trusted || !checkpoint.isSigned()) {
            return new Fault(entry.seq(), Why.CHECKPOINT_FORGED, "Its checkpoint was not made by this service.");
        }
        if (!Arrays.equals(checkpoint.hash(), entry.hash())) {
            return new Fault(entry.seq(), Why.CHECKPOINT_DIFFERS, "Its checkpoint says another hash.");
        }
        return null;
    }

    /** Says what the last checkpoint of the trail knows of entries that were not there. */
    public @Nullable Fault end(long lastKnown) {
        return lastKnown > last
                ? new Fault(last + 1, Why.TAIL_MISSING, "A checkpoint knows entry " + lastKnown + ".")
                : null;
    }

    /** How many entries were good. */
    public long entries() {
        return entries;
    }

    /** How many of them have no details any more. */
    public long shredded() {
        return shredded;
    }

    /** Number of the first; 0 where there was none. */
    public long first() {
        return first;
    }

    /** Number of the last; 0 where there was none. */
    public long last() {
        return last;
    }

    /** Hash of the last; null where there was none. */
    public byte @Nullable [] head() {
        return head == null ? null : head.clone();
    }
}
