package com.misybot.tenancy.onboarding.proof;

import com.misybot.tenancy.kernel.Origin;
import com.misybot.tenancy.keyring.Base62;
import java.security.SecureRandom;

/**
 * What an applicant has to write where only the owner of a site can.
 *
 * @param record name of the TXT record
 * @param url of the file, where a file is a proof
 * @param content of either
 */
public record Challenge(String record, String url, String content) {

    private static final String LABEL = "_misy-challenge.";
    private static final String FILE = "/.well-known/misy-verification.txt";
    private static final String KEY = "misy-verification=";
    private static final int DIGITS = 27;

    /** Draws the secret part, 160 bits. */
    public static String draw(SecureRandom random) {
        return Base62.random(random, DIGITS);
    }

    /** The challenge for an origin. */
    public static Challenge of(Origin origin, String drawn) {
        var base = origin.isWildcard() ? origin.scheme() + "://" + origin.host() : origin.toString();
        return new Challenge(LABEL + origin.host(), base + FILE, KEY + drawn);
    }
}
