package com.misybot.tenancy.tenant.profile;

import com.ibm.icu.impl.ValidIdentifiers.Datasubtype;
import com.ibm.icu.impl.locale.LocaleValidityChecker;
import com.ibm.icu.util.IllformedLocaleException;
import com.ibm.icu.util.ULocale;
import com.misybot.tenancy.kernel.InvalidValue;
import java.util.EnumSet;
import java.util.regex.Pattern;

/**
 * A language to speak to people in, as BCP 47 writes it: language, and where needed script, region and variants, all of them known to
 * Unicode CLDR. Aliases are replaced by what they stand for ({@code iw} by {@code he}).
 *
 * <p>Extensions and private use ({@code -u-}, {@code -x-}) say how to format, not which language, and are refused.
 *
 * @param value the canonical tag, e.g. {@code pt-BR} or {@code zh-Hant-TW}
 */
public record LanguageTag(String value) {

    /** What RFC 5646, section 4.4.1, asks implementations to make room for at least. */
    public static final int MAX_LENGTH = 35;

    private static final LocaleValidityChecker KNOWN = new LocaleValidityChecker(
            EnumSet.of(Datasubtype.regular, Datasubtype.macroregion, Datasubtype.special, Datasubtype.unknown));
    /** A subtag of one character; {@code en-posix} only turns out to be one when it is written. */
    private static final Pattern EXTENSION = Pattern.compile("(^|-)[0-9A-Za-z]-");

    private static final String UNDETERMINED = "und";

    public LanguageTag {
        value = canonical(value);
    }

    private static String canonical(String text) {
        if (text.length() > MAX_LENGTH) {
            throw refused("format");
        }
        ULocale locale;
        try {
            locale = ULocale.createCanonical(
                    new ULocale.Builder().setLanguageTag(text).build());
        } catch (IllformedLocaleException e) {
            throw refused("format");
        }
        var tag = locale.toLanguageTag();
        if (EXTENSION.matcher(tag).find()) {
            throw refused("format");
        }
        if (tag.startsWith(UNDETERMINED) || !KNOWN.isValid(locale, new LocaleValidityChecker.Where())) {
            throw refused("language_unknown");
        }
        return tag;
    }

    private static InvalidValue refused(String code) {
        return new InvalidValue(
                code,
                "A locale is a BCP 47 tag of registered subtags, such as pt-BR or zh-Hant-TW, without extensions.");
    }

    @Override
    public String toString() {
        return value;
    }
}
