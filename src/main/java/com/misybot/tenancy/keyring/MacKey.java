package com.misybot.tenancy.keyring;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * A key for HMAC-SHA-256 (RFC 2104, FIPS 198-1), derived for one purpose. Safe for use by many threads.
 */
public final class MacKey {

    private static final String ALGORITHM = "HmacSHA256";

    private final Mac prototype;

    MacKey(SecretKey key) {
        try {
            prototype = Mac.getInstance(ALGORITHM);
            prototype.init(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }

    /** The 32 bytes that authenticate the parts; each part is preceded by its length, so that none can move into another. */
    public byte[] mac(byte[]... parts) {
        var mac = copy();
        for (var part : parts) {
            mac.update(new byte[] {
                (byte) (part.length >>> 24), (byte) (part.length >>> 16), (byte) (part.length >>> 8), (byte) part.length
            });
            mac.update(part);
        }
        return mac.doFinal();
    }

    /** Whether {@code expected} authenticates the parts, in constant time. */
    public boolean verify(byte[] expected, byte[]... parts) {
        return MessageDigest.isEqual(expected, mac(parts));
    }

    private Mac copy() {
        try {
            return (Mac) prototype.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The JDK's own HMAC can be cloned", e);
        }
    }
}
