package com.misybot.tenancy.keyring;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** What another service does with a published key, with the JDK alone. */
public final class Verification {

    /** What precedes the 32 bytes of an Ed25519 key in its X.509 form (RFC 8410). */
    private static final String X509 = "302a300506032b6570032100";

    private Verification() {}

    /** Whether the key with this {@code x} (base64url) made the signature. */
    public static boolean verifies(String x, byte[] message, byte[] signature) {
        try {
            var key = Base64.getUrlDecoder().decode(x);
            var encoded = HexFormat.of().parseHex(X509 + HexFormat.of().formatHex(key));
            var verification = Signature.getInstance("Ed25519");
            verification.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
            verification.update(message);
            return verification.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
