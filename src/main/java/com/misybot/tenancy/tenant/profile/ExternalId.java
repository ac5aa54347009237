package com.misybot.tenancy.tenant.profile;

import com.ibm.icu.text.Normalizer2;

/**
 * What an older system calls a tenant: 1 to 128 code points, kept in NFC as {@link TextRule} says.
 *
 * <p>Unique by {@link #canonical()}: two ids that differ only in case, width or compatibility form are one.
 *
 * @param value the id as it is kept and shown
 */
public record ExternalId(String value) {

    public static final int MAX_LENGTH = 128;

    private static final TextRule RULE = new TextRule("An externalId", MAX_LENGTH);
    private static final Normalizer2 NFKC_CASEFOLD = Normalizer2.getNFKCCasefoldInstance();

    public ExternalId {
        value = RULE.required(value);
    }

    /**
     * The form on which uniqueness is decided: NFKC_Casefold (Unicode, section 3.13.5, R5 and UAX 31). It knows no locale, and may
     * be longer than the id itself.
     */
    public String canonical() {
        return NFKC_CASEFOLD.normalize(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
