package com.misybot.tenancy.event.feed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.misybot.tenancy.event.EventProblem;
import com.misybot.tenancy.event.Position;
import com.misybot.tenancy.keyring.Keyring;
import com.misybot.tenancy.keyring.MacKey;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Cursors of the feeds: where a reader is, authenticated together with the feed it reads. A cursor names no tenant and no event, has no
 * end of its own, and is good with any filter.
 */
@Component
class Cursors {

    private static final int MAC_LENGTH = 16;
    private static final int POSITION_LENGTH = Integer.BYTES + Long.BYTES + Integer.BYTES;
    private static final byte[] ALL = "all".getBytes(US_ASCII);

    private final MacKey key;

    Cursors(Keyring keyring) {
        this.key = keyring.macKey(Keyring.Purpose.EVENT_CURSOR);
    }

    /** A cursor of the feed of all events. */
    String of(Position position) {
        var payload = ByteBuffer.allocate(POSITION_LENGTH)
                .putInt(position.epoch())
                .putLong(position.xid())
                .putInt(position.part())
                .array();
        return text(payload, ALL);
    }

    /** A cursor of the feed of one tenant. */
    String of(UUID tenant, long sequence) {
        return text(ByteBuffer.allocate(Long.BYTES).putLong(sequence).array(), feed(tenant));
    }

    /**
     * Reads a cursor of the feed of all events.
     *
     * @throws com.misybot.tenancy.web.ProblemException 400 {@code cursor_invalid}
     */
    Position position(String cursor) {
        var payload = payload(cursor, POSITION_LENGTH, ALL);
        return new Position(payload.getInt(), payload.getLong(), payload.getInt());
    }

    /**
     * Reads a cursor of the feed of this tenant.
     *
     * @throws com.misybot.tenancy.web.ProblemException 400 {@code cursor_invalid}
     */
    long sequence(UUID tenant, String cursor) {
        return payload(cursor, Long.BYTES, feed(tenant)).getLong();
    }

    private String text(byte[] payload, byte[] feed) {
        var token = Arrays.copyOf(payload, payload.length + MAC_LENGTH);
        System.arraycopy(mac(payload, feed), 0, token, payload.length, MAC_LENGTH);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    private ByteBuffer payload(String cursor, int length, byte[] feed) {
        byte[] token;
        try {
            token = Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw EventProblem.invalid();
        }
        if (token.length != length + MAC_LENGTH) {
            throw EventProblem.invalid();
        }
        var payload = Arrays.copyOf(token, length);
        var isOurs = MessageDigest.isEqual(mac(payload, feed), Arrays.copyOfRange(token, length, token.length))
                && text(payload, feed).equals(cursor);
        if (!isOurs) {
            throw EventProblem.invalid();
        }
        return ByteBuffer.wrap(payload);
    }

    private byte[] mac(byte[] payload, byte[] feed) {
        return Arrays.copyOf(key.mac(payload, feed), MAC_LENGTH);
    }

    private static byte[] feed(UUID tenant) {
        return tenant.toString().getBytes(US_ASCII);
    }
}
