package com.misybot.tenancy.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How entries are hashed: SHA-256 over a form that is one for each entry, as {@code docs/audit.md} says. Whoever changes anything
 * here breaks every chain there is.
 */
final class Digests {

    /** In front of what an entry is hashed from; the database writes it too. */
    static final String ENTRY = "misy-audit-entry/1";

    /** Before the first entry there is nothing: 32 zeros. */
    static final int LENGTH = 32;

    private static final String BODY = "misy-audit-body/1";
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final byte[] ABSENT = {-1, -1, -1, -1};

    private Digests() {}

    /** An instant with all its six digits. */
    static String text(Instant at) {
        return MICROSECONDS.format(at);
    }

    /** Of the details, as they are kept. */
    static byte[] details(String details) {
        return sha256().digest(details.getBytes(UTF_8));
    }

    /** Of all that an entry tells; of its details only their digest, so that they can be shredded. */
    static byte[] body(Entry entry, byte[] detailsDigest) {
        var digest = sha256();
        digest.update(BODY.getBytes(US_ASCII));
        add(digest, entry.id().toString());
        add(digest, text(entry.at()));
        add(digest, entry.actorKind());
        add(digest, entry.actorId());
        add(digest, entry.keyId());
        add(digest, entry.network());
        add(digest, entry.action());
        add(digest, entry.resource());
        add(digest, entry.outcome().name());
        add(digest, entry.reason());
        add(digest, entry.ticket());
        add(digest, entry.requestId());
        digest.update(detailsDigest);
        return digest.digest();
    }

    /** Of an entry in its place. */
    static byte[] entry(UUID tenant, long seq, long checkpoint, byte[] previous, byte[] body) {
        var digest = sha256();
        digest.update(ENTRY.getBytes(US_ASCII));
        digest.update(ByteBuffer.allocate(4 * Long.BYTES)
                .putLong(tenant.getMostSignificantBits())
                .putLong(tenant.getLeastSignificantBits())
                .putLong(seq)
                .putLong(checkpoint)
                .array());
        digest.update(previous);
        digest.update(body);
        return digest.digest();
    }

    private static void add(MessageDigest digest, @Nullable String text) {
        if (text == null) {
            digest.update(ABSENT);
        } else {
            var bytes = text.getBytes(UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            digest.update(bytes);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
