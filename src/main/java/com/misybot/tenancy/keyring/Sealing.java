package com.misybot.tenancy.keyring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Keeps secrets that must be read again, under a key derived for one purpose: AES-256-GCM with a random nonce. What is sealed
 * for one record opens for that record alone. Safe for use by many threads.
 *
 * <p>The sealed form is {@code format (1 byte) | key id (4) | nonce (12) | ciphertext | tag (16)}; associated data are format,
 * purpose, key id and record. With random nonces of 96 bits a key must seal no more than 2^32 times (NIST SP 800-38D, section
 * 8.3), which is once a second for 136 years.
 */
public final class Sealing {

    /** Length of the id of a sealing key, in bytes. */
    static final int KEY_ID_LENGTH = 4;

    private static final byte FORMAT = 1;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_LENGTH = 16;
    private static final int HEAD_LENGTH = 1 + KEY_ID_LENGTH + NONCE_LENGTH;
    private static final String CIPHER = "AES/GCM/NoPadding";

    private final String purpose;
    private final byte[] keyId;
    private final SecretKey key;
    private final SecureRandom random;

    Sealing(String purpose, byte[] keyId, SecretKey key, SecureRandom random) {
        this.purpose = purpose;
        this.keyId = keyId;
        this.key = key;
        this.random = random;
    }

    /**
     * Seals a secret.
     *
     * @param recordId names the one record it belongs to, within the purpose
     */
    public byte[] seal(String recordId, byte[] secret) {
        var nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        try {
            return ByteBuffer.allocate(HEAD_LENGTH + secret.length + TAG_LENGTH)
                    .put(FORMAT)
                    .put(keyId)
                    .put(nonce)
                    .put(cipher(Cipher.ENCRYPT_MODE, nonce, recordId).doFinal(secret))
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has AES-256-GCM", e);
        }
    }

    /**
     * Opens what was sealed for this record.
     *
     * @throws BrokenSealException where it was sealed for another record or purpose or under another root secret, or was changed
     */
    public byte[] open(String recordId, byte[] sealed) throws BrokenSealException {
        if (sealed.length < HEAD_LENGTH + TAG_LENGTH || sealed[0] != FORMAT) {
            throw new BrokenSealException("This is not in the form of what is sealed here");
        }
        if (!Arrays.equals(keyId, Arrays.copyOfRange(sealed, 1, 1 + KEY_ID_LENGTH))) {
            throw new BrokenSealException("This was sealed for another purpose or under another root secret");
        }
        try {
            var nonce = Arrays.copyOfRange(sealed, 1 + KEY_ID_LENGTH, HEAD_LENGTH);
            return cipher(Cipher.DECRYPT_MODE, nonce, recordId)
                    .doFinal(sealed, HEAD_LENGTH, sealed.length - HEAD_LENGTH);
        } catch (GeneralSecurityException e) {
            throw new BrokenSealException("This was sealed for another record, or was changed");
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String recordId) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, nonce));
        var bound = purpose.getBytes(UTF_8);
        cipher.updateAAD(ByteBuffer.allocate(1 + Integer.BYTES + bound.length + KEY_ID_LENGTH)
                .put(FORMAT)
                .putInt(bound.length)
                .put(bound)
                .put(keyId)
                .flip());
        cipher.updateAAD(recordId.getBytes(UTF_8));
        return cipher;
    }

    /** What was to be opened is not what was sealed. Says nothing about the content. */
    public static final class BrokenSealException extends GeneralSecurityException {

        private static final long serialVersionUID = 1L;

        BrokenSealException(String message) {
            super(message);
        }
    }
}
