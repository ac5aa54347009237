package com.misybot.tenancy.event.webhook;

import com.misybot.tenancy.kernel.InvalidValue;
import java.util.regex.Pattern;

/** Types of events: one ({@code tenant.suspended}), those that begin alike ({@code tenant.*}), or all ({@code *}). */
public record TypePattern(String text) {

    /** What a pattern looks like. */
    public static final String FORM = "^(\\*|[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*(\\.\\*)?)$";

    /** The longest, in characters. */
    public static final int MAX_LENGTH = 100;

    private static final Pattern PATTERN = Pattern.compile(FORM);

    /** Refuses with {@link InvalidValue}, code {@code format}. */
    public TypePattern {
        if (text.length() > MAX_LENGTH || !PATTERN.matcher(text).matches()) {
            throw new InvalidValue(
                    "format", "A pattern of event types is a type, the beginning of types and .*, or *.");
        }
    }
}
