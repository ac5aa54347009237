package com.misybot.tenancy.keyring;

import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** The public half of a {@link SigningKey}, for as long as something is kept that it signed. */
public final class VerifyingKey {

    private final byte[] bytes;

    /**
     * The key with these bytes.
     *
     * @param bytes 32 of them
     * @throws IllegalArgumentException for any other number
     */
    public VerifyingKey(byte[] bytes) {
        if (bytes.length != Ed25519.PUBLIC_KEY_SIZE) {
            throw new IllegalArgumentException("A public key has 32 bytes");
        }
        this.bytes = bytes.clone();
    }

    /** Follows from the key, so that nobody can choose it: see {@link SigningKey#keyId}. */
    public String keyId() {
        return SigningKey.thumbprint(bytes);
    }

    /** Whether it is the key that has signed this. */
    public boolean verifies(byte[] message, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.verify(signature, 0, bytes, 0, message, 0, message.length);
    }
}
