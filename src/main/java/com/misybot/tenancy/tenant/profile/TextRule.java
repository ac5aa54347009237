package com.misybot.tenancy.tenant.profile;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import com.misybot.tenancy.kernel.InvalidValue;

/**
 * How text written by people is kept: NFC, without white space around it, at most so many code points.
 *
 * <p>Refused are controls, lone surrogates, line and paragraph separators, noncharacters, private and unassigned code points (NFC is
 * stable for assigned ones only), and what reorders or hides other text: bidi embeddings, overrides and isolates, byte order marks
 * and annotations. Joiners and the implicit marks LRM, RLM and ALM stay, because Persian, Hebrew and emoji need them.
 *
 * @param subject what the text is, as the beginning of a sentence
 * @param maxLength the most code points after NFC
 */
record TextRule(String subject, int maxLength) {

    private static final Normalizer2 NFC = Normalizer2.getNFCInstance();
    private static final int BRAILLE_BLANK = 0x2800;

    /** Normalises a text that says something; codes {@code blank}, {@code too_long} and {@code character}. */
    String required(String text) {
        var kept = optional(text);
        if (kept.codePoints().noneMatch(TextRule::isVisible)) {
            throw new InvalidValue("blank", subject + " has at least one visible character.");
        }
        return kept;
    }

    /** Normalises a text that may be empty; codes {@code too_long} and {@code character}. */
    String optional(String text) {
        var kept = strip(NFC.normalize(text));
        if (kept.codePointCount(0, kept.length()) > maxLength) {
            throw new InvalidValue("too_long", subject + " has at most " + maxLength + " characters.");
        }
        if (kept.codePoints().anyMatch(TextRule::isRefused)) {
            throw new InvalidValue(
                    "character",
                    subject + " consists of visible characters and spaces, without controls or direction overrides.");
        }
        return kept;
    }

    /** Cuts Unicode white space, which, other than {@link String#strip()}, knows the no-break space. */
    private static String strip(String text) {
        var start = 0;
        var end = text.length();
        while (start < end && UCharacter.isUWhiteSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && UCharacter.isUWhiteSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isVisible(int c) {
        return switch (UCharacter.getType(c)) {
            case UCharacter.NON_SPACING_MARK,
                    UCharacter.ENCLOSING_MARK,
                    UCharacter.SPACE_SEPARATOR,
                    UCharacter.FORMAT -> false;
            default -> c != BRAILLE_BLANK && !UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
        };
    }

    private static boolean isRefused(int c) {
        return switch (UCharacter.getType(c)) {
            case UCharacter.CONTROL,
                    UCharacter.SURROGATE,
                    UCharacter.UNASSIGNED,
                    UCharacter.PRIVATE_USE,
                    UCharacter.LINE_SEPARATOR,
                    UCharacter.PARAGRAPH_SEPARATOR -> true;
            case UCharacter.FORMAT -> reordersOrHides(c);
            default -> false;
        };
    }

    private static boolean reordersOrHides(int c) {
        return c == 0xFEFF
                || isBetween(c, 0x202A, 0x202E)
                || isBetween(c, 0x2066, 0x206F)
                || isBetween(c, 0xFFF9, 0xFFFB);
    }

    private static boolean isBetween(int c, int first, int last) {
        return first <= c && c <= last;
    }
}
