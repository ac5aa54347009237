package com.misybot.tenancy.tenant;

/**
 * Who to talk to at a business: 1 to 200 code points, kept in NFC as {@link TextRule} says. Personal, so {@link #toString()} keeps it
 * to itself.
 *
 * @param value the name as it is kept
 */
record ContactName(String value) {

    static final int MAX_LENGTH = 200;

    private static final TextRule RULE = new TextRule("A contact name", MAX_LENGTH);

    ContactName {
        value = RULE.required(value);
    }

    @Override
    public String toString() {
        return "ContactName[personal]";
    }
}
