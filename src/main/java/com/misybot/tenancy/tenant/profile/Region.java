package com.misybot.tenancy.tenant.profile;

import com.misybot.tenancy.kernel.InvalidValue;
import java.util.regex.Pattern;

/**
 * Where a tenant's data lives, such as {@code eu-west}: 2 to 32 characters of {@code [a-z0-9-]}. Which regions there are is configured.
 *
 * @param value the name
 */
public record Region(String value) {

    /** What it looks like. */
    public static final String PATTERN = "[a-z0-9-]{2,32}";

    private static final Pattern WORD = Pattern.compile(PATTERN);

    public Region {
        if (!WORD.matcher(value).matches()) {
            throw new InvalidValue("format", "A region has 2 to 32 characters of a-z, 0-9 and -.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
