package com.misybot.tenancy.keyring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.IntStream;

/**
 * The one secret everything else is derived from: 32 random bytes, written as 64 hexadecimal digits or in Base64.
 */
final class RootSecret {

    private static final int LENGTH = 32;

    private final byte[] bytes;

    private RootSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** Reads the secret from a file that holds it alone; white space around it does not count. */
    static RootSecret read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new RootSecretException("The root secret cannot be read from " + file
                    + " (tenancy.keyring.root-file): " + e.getClass().getSimpleName());
        }
    }

    /** Reads the secret from a text that came from {@code source}. */
    static RootSecret parse(String text, String source) {
        var bytes = decode(text.strip(), source);
        if (bytes.length != LENGTH) {
            throw new RootSecretException("The root secret in " + source + " has " + bytes.length
                    + " bytes: it must have 32. Make one with: openssl rand -hex 32");
        }
        if (isWellKnown(bytes)) {
            throw new RootSecretException("The root secret in " + source
                    + " is one that anybody would guess. Make one with: openssl rand -hex 32");
        }
        return new RootSecret(bytes);
    }

    private static byte[] decode(String text, String source) {
        try {
            return text.length() == 2 * LENGTH
                    ? HexFormat.of().parseHex(text)
                    : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new RootSecretException("The root secret in " + source
                    + " is neither hexadecimal nor Base64. Make one with: openssl rand -hex 32");
        }
    }

    /**
     * Fewer than 8 distinct bytes, bytes that count up or down, or a pattern of up to 16 bytes that repeats: 32 random bytes
     * look so once in 10^30 draws.
     */
    private static boolean isWellKnown(byte[] bytes) {
        var distinct =
                IntStream.range(0, bytes.length).map(i -> bytes[i]).distinct().count();
        var step = bytes[1] - bytes[0];
        var counts = IntStream.range(1, bytes.length).allMatch(i -> (byte) (bytes[i] - bytes[i - 1]) == (byte) step);
        var repeats = IntStream.rangeClosed(1, bytes.length / 2)
                .anyMatch(period -> IntStream.range(period, bytes.length).allMatch(i -> bytes[i] == bytes[i - period]));
        return distinct < 8 || counts || repeats;
    }
}
