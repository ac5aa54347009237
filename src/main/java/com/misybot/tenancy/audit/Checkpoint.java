package com.misybot.tenancy.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.misybot.tenancy.keyring.VerifyingKey;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * The signed head of a trail: as of then, this was the hash of its last entry.
 *
 * @param tenant whose trail
 * @param seq number of the entry
 * @param hash of the entry
 * @param at when it was signed, in microseconds
 * @param previous number of the checkpoint before, 0 where there is none
 * @param sealed whether entries before this one may be deleted
 * @param kid id of the key that signed
 * @param publicKey that key
 * @param signature Ed25519 over {@link #message}
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares checkpoints
public record Checkpoint(
        UUID tenant,
        long seq,
        byte[] hash,
        Instant at,
        long previous,
        boolean sealed,
        String kid,
        byte[] publicKey,
        byte[] signature) {

    private static final String MESSAGE = "misy-audit-checkpoint/1";

    /** What is signed: every number has 8 bytes, the most significant first. */
    static byte[] message(UUID tenant, long seq, byte[] hash, Instant at, long previous, boolean sealed) {
        var name = MESSAGE.getBytes(US_ASCII);
        return ByteBuffer.allocate(name.length + 5 * Long.BYTES + hash.length + 1)
                .put(name)
                .putLong(tenant.getMostSignificantBits())
                .putLong(tenant.getLeastSignificantBits())
                .putLong(seq)
                .put(hash)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, at))
                .putLong(previous)
                .put((byte) (sealed ? 1 : 0))
                .array();
    }

    byte[] message() {
        return message(tenant, seq, hash, at, previous, sealed);
    }

    /** Whether the key it names has signed it. Whose key that is, its reader knows or this service's own mark tells. */
    public boolean isSigned() {
        var key = new VerifyingKey(publicKey);
        return key.keyId().equals(kid) && key.verifies(message(), signature);
    }

    /** All of it in parts, for the mark of this service. */
    byte[][] parts() {
        return new byte[][] {message(), kid.getBytes(UTF_8), publicKey, signature};
    }
}
