package com.misybot.tenancy.tenant;

import com.misybot.tenancy.kernel.SiteId;
import java.security.SecureRandom;
import org.springframework.stereotype.Component;

/** Generates siteIds: {@code site_} and 20 base-62 digits, 119 random bits. */
@Component
class SiteIds {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 20;

    private final SecureRandom random;

    SiteIds(SecureRandom random) {
        this.random = random;
    }

    SiteId next() {
        var text = new StringBuilder("site_");
        for (var i = 0; i < LENGTH; i++) {
            text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return new SiteId(text.toString());
    }
}
