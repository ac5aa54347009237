package com.misybot.tenancy.tenant.profile;

/**
 * What a business is called, in daily life or by law: 1 to 200 code points, kept in NFC as {@link TextRule} says.
 *
 * @param value the name as it is kept
 */
public record BusinessName(String value) {

    public static final int MAX_LENGTH = 200;

    private static final TextRule RULE = new TextRule("A name", MAX_LENGTH);

    public BusinessName {
        value = RULE.required(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
