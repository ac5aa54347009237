package com.misybot.tenancy.tenant.profile;

/**
 * Who to talk to at a business: 1 to 200 code points, kept in NFC as {@link TextRule} says. Personal, so {@link #toString()} keeps it
 * to itself.
 *
 * @param value the name as it is kept
 */
public record ContactName(String value) {

    public static final int MAX_LENGTH = 200;

    private static final TextRule RULE = new TextRule("A contact name", MAX_LENGTH);

    public ContactName {
        value = RULE.required(value);
    }

    @Override
    public String toString() {
        return "ContactName[personal]";
    }
}
