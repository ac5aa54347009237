package com.misybot.tenancy.keyring;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.misybot.tenancy.kernel.OneTimeSecret;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A secret in the form all credentials of this service have: {@code misy_<kind>_<keyId>_<random>_<checksum>}. The key id says
 * which record to look at and is a claim until the hash has matched; {@code random} holds 160 bits in 27 base-62 digits;
 * {@code checksum} is the CRC-32 of everything before its underscore in 6 base-62 digits, so that a typo is refused without
 * a look-up. Prints as nothing readable.
 */
public final class Token {

    /** What a token opens, and how many digits its key id has. */
    public enum Kind {
        /** An operator. */
        OPERATOR("op", 12),
        /** A platform service. */
        SERVICE("svc", 12),
        /** The secret of a tenant: 22 digits of the tenant's UUID and 8 of the record. */
        TENANT("ten", 30),
        /** A session. */
        SESSION("ses", 30),
        /** A link in a mail. */
        INVITATION("inv", 30);

        private final String prefix;
        private final int keyIdLength;

        Kind(String word, int keyIdLength) {
            this.prefix = "misy_" + word + "_";
            this.keyIdLength = keyIdLength;
        }

        private int length() {
            return prefix.length() + keyIdLength + 1 + RANDOM_LENGTH + 1 + CHECKSUM_LENGTH;
        }
    }

    /** What every token of this service begins with. */
    public static final String PREFIX = "misy_";

    private static final int RANDOM_BYTES = 20;
    private static final int RANDOM_LENGTH = 27;
    private static final int CHECKSUM_LENGTH = 6;
    private static final Kind[] KINDS = Kind.values();

    private final Kind kind;
    private final String text;

    private Token(Kind kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    /** Makes a token with 160 fresh random bits. */
    public static Token issue(Kind kind, String keyId, SecureRandom random) {
        if (keyId.length() != kind.keyIdLength || !Base62.isDigits(keyId, 0, keyId.length())) {
            throw new IllegalArgumentException("A key id of this kind has " + kind.keyIdLength + " base-62 digits");
        }
        var bits = new byte[RANDOM_BYTES];
        random.nextBytes(bits);
        var body = kind.prefix + keyId + "_" + Base62.encode(bits, RANDOM_LENGTH);
        return new Token(kind, body + "_" + checksum(body));
    }

    /** How every token with this key id begins: enough to find its record, and nothing to open anything with. */
    public static String beginning(Kind kind, String keyId) {
        return kind.prefix + keyId;
    }

    /** Draws a key id for a kind whose key ids mean nothing. */
    public static String newKeyId(Kind kind, SecureRandom random) {
        return Base62.random(random, kind.keyIdLength);
    }

    /** Reads a token; empty where the form or the checksum is wrong. */
    public static Optional<Token> parse(String text) {
        var kind = shape(text);
        if (kind == null) {
            return Optional.empty();
        }
        var end = text.length() - CHECKSUM_LENGTH - 1;
        return text.startsWith(checksum(text.substring(0, end)), end + 1)
                ? Optional.of(new Token(kind, text))
                : Optional.empty();
    }

    /** The key id a text claims, whether or not its checksum is right; empty where it has not the form of a token. */
    public static Optional<String> claimedKeyId(String text) {
        var kind = shape(text);
        return kind == null ? Optional.empty() : Optional.of(keyId(kind, text));
    }

    private static @Nullable Kind shape(String text) {
        for (var kind : KINDS) {
            if (text.length() == kind.length() && text.startsWith(kind.prefix)) {
                var random = kind.prefix.length() + kind.keyIdLength;
                var checksum = random + 1 + RANDOM_LENGTH;
                var formed = Base62.isDigits(text, kind.prefix.length(), random)
                        && text.charAt(random) == '_'
                        && Base62.isDigits(text, random + 1, checksum)
                        && text.charAt(checksum) == '_'
                        && Base62.isDigits(text, checksum + 1, text.length());
                return formed ? kind : null;
            }
        }
        return null;
    }

    private static String checksum(String body) {
        var crc = new CRC32();
        crc.update(body.getBytes(US_ASCII));
        return Base62.encode(
                ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array(), CHECKSUM_LENGTH);
    }

    private static String keyId(Kind kind, String text) {
        return text.substring(kind.prefix.length(), kind.prefix.length() + kind.keyIdLength);
    }

    /** What it opens. */
    public Kind kind() {
        return kind;
    }

    /** Which record it claims to belong to. */
    public String keyId() {
        return keyId(kind, text);
    }

    /** What is stored instead of it: a MAC over kind, key id and random, so that no hash fits another record. */
    public byte[] hash(MacKey pepper) {
        return pepper.mac(text.getBytes(US_ASCII));
    }

    /** The token itself, for the one answer that shows it. */
    public OneTimeSecret secret() {
        return new OneTimeSecret(text);
    }

    @Override
    public String toString() {
        return "Token[" + kind + " " + keyId() + "]";
    }
}
