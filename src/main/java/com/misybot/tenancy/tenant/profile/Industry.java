package com.misybot.tenancy.tenant.profile;

/**
 * The line of business in the words of the business: 1 to 100 code points, kept in NFC as {@link TextRule} says.
 *
 * @param value the text as it is kept
 */
public record Industry(String value) {

    public static final int MAX_LENGTH = 100;

    private static final TextRule RULE = new TextRule("An industry", MAX_LENGTH);

    public Industry {
        value = RULE.required(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
