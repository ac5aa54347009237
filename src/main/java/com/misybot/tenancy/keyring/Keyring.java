package com.misybot.tenancy.keyring;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Derives a key for each named purpose from the one root secret with HKDF-SHA-256 (RFC 5869). Keys of different purposes
 * say nothing about each other or about the root.
 */
public final class Keyring {

    /** What derived keys are for. The name is the HKDF {@code info} and never changes. */
    public enum Purpose {
        /** Hashes of API keys and secrets. */
        PEPPER("pepper"),
        /** Page tokens of lists. */
        PAGE_TOKEN("page-token"),
        /** Fingerprints of request bodies. */
        FINGERPRINT("fingerprint"),
        /** The value that proves that the root secret fits the data. */
        CHECK("check");

        private final String info;

        Purpose(String info) {
            this.info = "misy-tenancy/v1/" + info;
        }
    }

    private static final byte[] SALT = "misy-tenancy".getBytes(StandardCharsets.US_ASCII);

    private final SecretKey extracted;

    Keyring(RootSecret root) {
        try {
            extracted = hkdf().deriveKey(
                            "HKDF",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(root.bytes())
                                    .addSalt(SALT)
                                    .extractOnly());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK from 25 on has HKDF-SHA256", e);
        }
    }

    /** The key for a purpose. Derive it once and keep it. */
    public MacKey macKey(Purpose purpose) {
        try {
            var info = purpose.info.getBytes(StandardCharsets.US_ASCII);
            return new MacKey(hkdf().deriveKey("HmacSHA256", HKDFParameterSpec.expandOnly(extracted, info, 32)));
        } catch (InvalidAlgorithmParameterException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK from 25 on has HKDF-SHA256", e);
        }
    }

    private static KDF hkdf() throws NoSuchAlgorithmException {
        return KDF.getInstance("HKDF-SHA256");
    }
}
