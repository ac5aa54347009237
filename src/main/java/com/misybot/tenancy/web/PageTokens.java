package com.misybot.tenancy.web;

import com.misybot.tenancy.keyring.Keyring;
import com.misybot.tenancy.keyring.MacKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes and reads page tokens: the key of the last item and an expiry, authenticated together with what the list was asked
 * for, so that a token is good for nobody else and for nothing else. A token says nothing its reader has not been told.
 */
public final class PageTokens {

    /** How long a token is valid. */
    public static final Duration LIFETIME = Duration.ofHours(24);

    private static final int MAC_LENGTH = 16;
    private static final int MAX_LENGTH = 4_096;

    private final MacKey key;
    private final Clock clock;

    /** Authenticates tokens with a key of their own and lets them expire by {@code clock}. */
    public PageTokens(Keyring keyring, Clock clock) {
        this.key = keyring.macKey(Keyring.Purpose.PAGE_TOKEN);
        this.clock = clock;
    }

    /**
     * Makes a token.
     *
     * @param binding what the list was asked for: principal, route, filters, sort
     * @param cursor where the next page begins
     */
    public String issue(String binding, List<String> cursor) {
        var payload = payload(clock.instant().plus(LIFETIME).getEpochSecond(), cursor);
        var token = Arrays.copyOf(payload, payload.length + MAC_LENGTH);
        System.arraycopy(mac(payload, binding), 0, token, payload.length, MAC_LENGTH);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /**
     * Reads a token.
     *
     * @throws ProblemException 400 {@code page_token_invalid} where it was edited, has expired, or was made for another list
     */
    public List<String> parse(String binding, String token) {
        var cursor = read(binding, token);
        if (cursor == null) {
            throw new ProblemException(
                    WebProblem.PAGE_TOKEN_INVALID,
                    "A page token is valid for 24 hours, for the caller, the filters and the order it was made with:"
                            + " begin again at the first page.",
                    List.of(FieldError.query(Paging.TOKEN, FieldError.FORMAT, "Send nextPageToken as it was given.")));
        }
        return cursor;
    }

    private @Nullable List<String> read(String binding, String token) {
        if (token.length() > MAX_LENGTH) {
            return null;
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            return null;
        }
        if (bytes.length < Long.BYTES + MAC_LENGTH
                || !Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(bytes)
                        .equals(token)) {
            return null;
        }
        var payload = Arrays.copyOf(bytes, bytes.length - MAC_LENGTH);
        var mac = Arrays.copyOfRange(bytes, payload.length, bytes.length);
        if (!java.security.MessageDigest.isEqual(mac, mac(payload, binding))) {
            return null;
        }
        var buffer = ByteBuffer.wrap(payload);
        return buffer.getLong() <= clock.instant().getEpochSecond() ? null : cursor(buffer);
    }

    private byte[] mac(byte[] payload, String binding) {
        return Arrays.copyOf(key.mac(payload, binding.getBytes(StandardCharsets.UTF_8)), MAC_LENGTH);
    }

    private static byte[] payload(long expiry, List<String> cursor) {
        var parts = cursor.stream()
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .toList();
        var buffer = ByteBuffer.allocate(Long.BYTES
                + parts.stream().mapToInt(part -> Short.BYTES + part.length).sum());
        buffer.putLong(expiry);
        for (var part : parts) {
            buffer.putShort((short) part.length).put(part);
        }
        return buffer.array();
    }

    private static List<String> cursor(ByteBuffer buffer) {
        var cursor = new ArrayList<String>();
        while (buffer.hasRemaining()) {
            var part = new byte[Short.toUnsignedInt(buffer.getShort())];
            buffer.get(part);
            cursor.add(new String(part, StandardCharsets.UTF_8));
        }
        return List.copyOf(cursor);
    }
}
