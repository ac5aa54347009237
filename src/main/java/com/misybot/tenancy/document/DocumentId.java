package com.misybot.tenancy.document;

import com.misybot.tenancy.kernel.InvalidValue;
import java.util.regex.Pattern;

/**
 * What a document is called within its collection: 1 to 128 characters of {@code [A-Za-z0-9._~-]}, none of which a path has to
 * escape, a letter, a digit or {@code _} first. Lists are in the order of these bytes.
 *
 * @param value the id as it stands in paths
 */
public record DocumentId(String value) {

    /** What an id looks like. */
    public static final String PATTERN = "^[A-Za-z0-9_][A-Za-z0-9._~-]{0,127}$";

    private static final Pattern ID = Pattern.compile(PATTERN);

    /** Refuses anything else with {@link InvalidValue}, code {@code format}. */
    public DocumentId {
        if (!ID.matcher(value).matches()) {
            throw new InvalidValue(
                    "format",
                    "An id has 1 to 128 characters of A-Z, a-z, 0-9, ., _, ~ and -, a letter, a digit or _ first.");
        }
    }

    /** Whether a route of its own stands in its place. */
    public boolean isReserved() {
        return value.equals("count") || value.equals("import");
    }

    @Override
    public String toString() {
        return value;
    }
}
