package com.misybot.tenancy.keyring;

import java.math.BigInteger;
import java.security.SecureRandom;

/** Numbers as digits of {@code 0-9A-Za-z}, which survive URLs, shells and double clicks. */
public final class Base62 {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());

    private Base62() {}

    /** Bytes read as an unsigned number, filled up with zeros on the left to {@code length} digits. */
    public static String encode(byte[] bytes, int length) {
        var digits = new char[length];
        var rest = new BigInteger(1, bytes);
        for (var i = length - 1; i >= 0; i--) {
            var divided = rest.divideAndRemainder(BASE);
            digits[i] = DIGITS.charAt(divided[1].intValue());
            rest = divided[0];
        }
        if (rest.signum() != 0) {
            throw new IllegalArgumentException("The number does not fit into " + length + " digits");
        }
        return new String(digits);
    }

    /** The number that digits of {@link #encode} stand for. */
    static BigInteger decode(String digits) {
        var number = BigInteger.ZERO;
        for (var i = 0; i < digits.length(); i++) {
            number = number.multiply(BASE).add(BigInteger.valueOf(DIGITS.indexOf(digits.charAt(i))));
        }
        return number;
    }

    /** Digits drawn evenly, 5.95 bits each. */
    public static String random(SecureRandom random, int length) {
        var digits = new char[length];
        for (var i = 0; i < length; i++) {
            digits[i] = DIGITS.charAt(random.nextInt(DIGITS.length()));
        }
        return new String(digits);
    }

    /** Whether the part of a text from {@code begin} to {@code end} has nothing but such digits. */
    static boolean isDigits(String text, int begin, int end) {
        for (var i = begin; i < end; i++) {
            var c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))) {
                return false;
            }
        }
        return true;
    }
}
