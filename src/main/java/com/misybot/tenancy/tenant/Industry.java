package com.misybot.tenancy.tenant;

/**
 * The line of business in the words of the business: 1 to 100 code points, kept in NFC as {@link TextRule} says.
 *
 * @param value the text as it is kept
 */
record Industry(String value) {

    static final int MAX_LENGTH = 100;

    private static final TextRule RULE = new TextRule("An industry", MAX_LENGTH);

    Industry {
        value = RULE.required(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
