package com.misybot.tenancy.kernel;

import java.util.Collection;
import java.util.regex.Pattern;

/**
 * Whom a signed context is for ({@code aud}, RFC 7519, section 4.1.3): a URI or a word, compared character by character.
 *
 * @param value 1 to 255 visible ASCII characters, not {@code *} alone
 */
public record Audience(String value) {

    /** In the list of a caller: every audience. */
    public static final String ANY = "*";

    /** What an audience, or an entry in the list of a caller, looks like. */
    public static final String PATTERN = "^[!-~]{1,255}$";

    /** Most entries in the list of a caller. */
    public static final int MOST = 16;

    private static final Pattern VISIBLE = Pattern.compile(PATTERN);

    /** Refuses anything else with {@link InvalidValue}, code {@code format}. */
    public Audience {
        requireListed(value);
        if (value.equals(ANY)) {
            throw new InvalidValue("format", "An audience is one service: name it by its URI or a word.");
        }
    }

    /**
     * An entry in the list of a caller: an audience, or {@link #ANY}.
     *
     * @throws InvalidValue code {@code format}
     */
    public static String requireListed(String entry) {
        if (!VISIBLE.matcher(entry).matches()) {
            throw new InvalidValue("format", "An audience has 1 to 255 visible ASCII characters.");
        }
        return entry;
    }

    /** Whether a list of audiences has this one, or all. */
    public boolean isIn(Collection<String> list) {
        return list.contains(ANY) || list.contains(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
