package com.misybot.tenancy.document;

import com.misybot.tenancy.kernel.InvalidValue;
import java.util.regex.Pattern;

/**
 * What a collection is called within its tenant: 1 to 48 characters of {@code [a-z0-9_]}, a letter first, not {@code system…}.
 *
 * @param value the name as it stands in paths
 */
public record CollectionName(String value) {

    /** What a name looks like; {@code system} at its beginning is refused besides. */
    public static final String PATTERN = "^[a-z][a-z0-9_]{0,47}$";

    private static final Pattern NAME = Pattern.compile(PATTERN);

    /** Refuses anything else with {@link InvalidValue}, code {@code format}. */
    public CollectionName {
        if (!NAME.matcher(value).matches() || value.startsWith("system")) {
            throw new InvalidValue(
                    "format",
                    "A collection is named with 1 to 48 characters of a-z, 0-9 and _, a letter first, and not system….");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
