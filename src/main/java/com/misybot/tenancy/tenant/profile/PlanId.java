package com.misybot.tenancy.tenant.profile;

import com.misybot.tenancy.kernel.InvalidValue;
import java.util.regex.Pattern;

/**
 * The name of a plan, such as {@code standard}: 2 to 32 characters of {@code [a-z0-9-]}. Whether the plan exists is asked elsewhere.
 *
 * @param value the name
 */
public record PlanId(String value) {

    /** What it looks like. */
    public static final String PATTERN = "[a-z0-9-]{2,32}";

    private static final Pattern WORD = Pattern.compile(PATTERN);

    public PlanId {
        if (!WORD.matcher(value).matches()) {
            throw new InvalidValue("format", "A plan has 2 to 32 characters of a-z, 0-9 and -.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
