package com.misybot.tenancy.keyring;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 key (RFC 8032) that signs. Safe for use by many threads. */
public final class SigningKey {

    private final String keyId;
    private final byte[] publicKey;
    private final byte[] privateKey;

    private SigningKey(byte[] publicKey, byte[] privateKey) {
        this.keyId = thumbprint(publicKey);
        this.publicKey = publicKey;
        this.privateKey = privateKey;
    }

    static SigningKey make(SecureRandom random) {
        var made = new byte[Ed25519.SECRET_KEY_SIZE];
        random.nextBytes(made);
        return of(made);
    }

    /** The key with this private half: 32 bytes, which the public half follows from. */
    static SigningKey of(byte[] privateKey) {
        var publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(privateKey, 0, publicKey, 0);
        return new SigningKey(publicKey, privateKey.clone());
    }

    /** Names a public key by its content: the thumbprint of its JWK (RFC 7638, RFC 8037), so that nobody can choose it. */
    static String thumbprint(byte[] publicKey) {
        try {
            var jwk = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + base64(publicKey) + "\"}";
            return base64(MessageDigest.getInstance("SHA-256").digest(jwk.getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** What verifiers find it by ({@code kid}): 43 characters of base64url. */
    public String keyId() {
        return keyId;
    }

    /** The public half as a JWK writes it ({@code x}, RFC 8037): 32 bytes in base64url. */
    public String publicKey() {
        return base64(publicKey);
    }

    /** The public half: 32 bytes. */
    public byte[] publicBytes() {
        return publicKey.clone();
    }

    byte[] privateBytes() {
        return privateKey.clone();
    }

    /** Signs: 64 bytes. */
    public byte[] sign(byte[] message) {
        var signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(privateKey, 0, publicKey, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "SigningKey[" + keyId + "]";
    }
}
