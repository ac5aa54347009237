package com.misybot.tenancy.kernel;

import java.util.regex.Pattern;

/**
 * The public key a site's widget carries: 4 to 64 characters of {@code [A-Za-z0-9_-]}, case-sensitive and immutable.
 *
 * @param value the key as the widget sends it
 */
public record SiteId(String value) {

    /** What a siteId looks like. */
    public static final String PATTERN = "^[A-Za-z0-9_-]{4,64}$";

    private static final Pattern KEY = Pattern.compile(PATTERN);

    /** Refuses anything else with {@link InvalidValue}, code {@code format}. */
    public SiteId {
        if (!KEY.matcher(value).matches()) {
            throw new InvalidValue("format", "A siteId has 4 to 64 characters of A-Z, a-z, 0-9, _ and -.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
