package com.misybot.tenancy.keyring;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
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
        /** Contexts of tenants in Redis. */
        CONTEXT("context"),
        /** Sessions in Redis. */
        SESSION("session"),
        /** Addresses of clients, which are kept as hashes. */
        CLIENT_ADDRESS("client-address"),
        /** Cursors of the feed of events. */
        EVENT_CURSOR("event-cursor"),
        /** Private signing keys, which are sealed. */
        SIGNING_KEY("signing-key"),
        /** Signed checkpoints of trails, which this service has made itself. */
        CHECKPOINT("checkpoint"),
        /** Secrets that webhooks are signed with, which are sealed. */
        WEBHOOK_SECRET("webhook-secret"),
        /** Links in mails and codes of invitations, which are kept as hashes. */
        MAIL_TOKEN("mail-token"),
        /** What is known of applicants: sealed, and as keys that tell two apart. */
        ONBOARDING("onboarding"),
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
        return new MacKey(expand("HmacSHA256", purpose.info, 32));
    }

    /**
     * Seals for a purpose. Derive it once and keep it.
     *
     * @param random draws the nonces
     */
    public Sealing sealing(Purpose purpose, SecureRandom random) {
        var info = purpose.info + "/sealing";
        return new Sealing(
                info,
                expand("Generic", info + "/id", Sealing.KEY_ID_LENGTH).getEncoded(),
                expand("AES", info, 32),
                random);
    }

    private SecretKey expand(String algorithm, String info, int length) {
        try {
            var named = info.getBytes(StandardCharsets.US_ASCII);
            return hkdf().deriveKey(algorithm, HKDFParameterSpec.expandOnly(extracted, named, length));
        } catch (InvalidAlgorithmParameterException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK from 25 on has HKDF-SHA256", e);
        }
    }

    private static KDF hkdf() throws NoSuchAlgorithmException {
        return KDF.getInstance("HKDF-SHA256");
    }
}
