package com.misybot.tenancy.tenant.profile;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.misybot.tenancy.kernel.InvalidValue;
import java.util.regex.Pattern;

/**
 * A telephone number in E.164: {@code +}, a country calling code in use and a number of a length possible there.
 *
 * <p>Ranges are not looked at: new ones open faster than a library is updated. A trunk prefix that does not
 * belong into E.164 ({@code +44 0…}) is dropped.
 *
 * @param value the canonical number, e.g. {@code +442079460000}
 */
public record PhoneNumber(String value) {

    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final String NO_REGION = "ZZ";

    public PhoneNumber {
        if (!E164.matcher(value).matches()) {
            throw refused();
        }
        value = canonical(value);
    }

    private static String canonical(String digits) {
        var library = PhoneNumberUtil.getInstance();
        try {
            var number = library.parse(digits, NO_REGION);
            if (library.isPossibleNumberWithReason(number) != ValidationResult.IS_POSSIBLE) {
                throw refused();
            }
            return library.format(number, PhoneNumberFormat.E164);
        } catch (NumberParseException e) {
            throw refused();
        }
    }

    private static InvalidValue refused() {
        return new InvalidValue(
                "format",
                "A phone number is written in E.164, with + and the country calling code and without spaces: +442079460000.");
    }

    @Override
    public String toString() {
        return "PhoneNumber[personal]";
    }
}
