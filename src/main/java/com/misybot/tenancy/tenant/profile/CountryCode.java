package com.misybot.tenancy.tenant.profile;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSet;
import com.misybot.tenancy.kernel.InvalidValue;
import java.util.Locale;
import java.util.Set;

/**
 * A country by its ISO 3166-1 alpha-2 code; lower case is accepted and raised.
 *
 * <p>The list is that of officially assigned codes in the JDK ({@link Locale#getISOCountries()}), and {@code XK}: ISO leaves it to
 * users, and Kosovo has no other.
 *
 * @param value the code in upper case
 */
public record CountryCode(String value) {

    private static final String KOSOVO = "XK";
    private static final Set<String> CODES = ImmutableSet.<String>builder()
            .add(Locale.getISOCountries())
            .add(KOSOVO)
            .build();

    public CountryCode {
        value = Ascii.toUpperCase(value);
        if (!CODES.contains(value)) {
            throw new InvalidValue(
                    "country_unknown", "A country is an assigned code of ISO 3166-1 alpha-2, such as BR, or XK.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
