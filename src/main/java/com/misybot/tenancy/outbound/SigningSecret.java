package com.misybot.tenancy.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.keyring.Sealing;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * A secret that messages to one receiver are signed with, by Standard Webhooks: {@code whsec_} and 32 random bytes in Base64. It has
 * to be read again for every message, and so it is kept sealed.
 */
public final class SigningSecret {

    private static final String PREFIX = "whsec_";
    private static final int LENGTH = 32;

    private final byte[] key;
    private final Webhook signer;

    private SigningSecret(byte[] key) {
        this.key = key;
        try {
            this.signer = new Webhook(key);
        } catch (EmptyWebhookSecretException e) {
            throw new IllegalStateException("A signing secret has " + LENGTH + " bytes", e);
        }
    }

    /** Draws a new one. */
    public static SigningSecret issue(SecureRandom random) {
        var key = new byte[LENGTH];
        random.nextBytes(key);
        return new SigningSecret(key);
    }

    /**
     * Opens one that was sealed.
     *
     * @param recordId what it was sealed for
     * @throws Sealing.BrokenSealException where it was sealed for another record, or was changed
     */
    public static SigningSecret open(Sealing sealing, String recordId, byte[] sealed)
            throws Sealing.BrokenSealException {
        return new SigningSecret(sealing.open(recordId, sealed));
    }

    /** Seals it for one record. */
    public byte[] seal(Sealing sealing, String recordId) {
        return sealing.seal(recordId, key);
    }

    /** What the receiver verifies with, to be shown once. */
    public OneTimeSecret shown() {
        return new OneTimeSecret(PREFIX + Base64.getEncoder().encodeToString(key));
    }

    /**
     * The header {@code webhook-signature}: a signature by each secret, separated by spaces, so that a receiver that knows one of
     * them accepts the message.
     *
     * @param id the header {@code webhook-id}, without a dot in it
     * @param at the header {@code webhook-timestamp}, in seconds
     */
    public static String sign(Collection<SigningSecret> secrets, String id, Instant at, byte[] body) {
        var text = new String(body, UTF_8);
        return secrets.stream()
                .map(secret -> secret.signature(id, at.getEpochSecond(), text))
                .collect(Collectors.joining(" "));
    }

    private String signature(String id, long seconds, String body) {
        try {
            return signer.sign(id, seconds, body);
        } catch (WebhookSigningException e) {
            throw new IllegalStateException("Every JDK has HMAC-SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "SigningSecret[withheld]";
    }
}
