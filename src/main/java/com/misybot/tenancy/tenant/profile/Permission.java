package com.misybot.tenancy.tenant.profile;

import com.misybot.tenancy.kernel.InvalidValue;
import java.util.regex.Pattern;

/**
 * Something a tenant may do, such as {@code chat:start}: a letter and up to 63 of {@code [a-z0-9_.:-]}. Which there are is configured.
 *
 * @param value the word
 */
public record Permission(String value) {

    /** What it looks like. */
    public static final String PATTERN = "[a-z][a-z0-9_.:-]{0,63}";

    private static final Pattern WORD = Pattern.compile(PATTERN);

    public Permission {
        if (!WORD.matcher(value).matches()) {
            throw new InvalidValue(
                    "format", "A permission has 1 to 64 characters: a letter a-z, then a-z, 0-9, _, ., : and -.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
