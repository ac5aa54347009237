package com.misybot.tenancy.document.content;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * Which names fields of documents may have. What MongoDB or JavaScript would take for more than a name is refused, in every
 * script that looks like it: {@code $} at the beginning, a dot anywhere, {@code __proto__}; what nobody can see (control and
 * format characters, as those that turn the direction of writing) as well, and text that is not in its normal form (NFC), since
 * two names that read the same would be two fields.
 */
final class FieldNames {

    private static final int MOST = 128;

    private FieldNames() {}

    /** What is wrong with a name; null where nothing is. */
    static @Nullable String fault(String name) {
        if (name.isEmpty() || name.length() > MOST) {
            return "A field is named with 1 to 128 characters.";
        }
        if (name.codePoints().anyMatch(FieldNames::isUnseen)) {
            return "A field is named without control, format and unassigned characters.";
        }
        if (!Normalizer.isNormalized(name, Normalizer.Form.NFC)) {
            return "A field is named in the normal form of Unicode (NFC).";
        }
        var plain = Normalizer.normalize(name, Normalizer.Form.NFKC);
        if (plain.startsWith("$") || plain.indexOf('.') >= 0) {
            return "A field is named without a $ at the beginning, without dots, and without what looks like them.";
        }
        return plain.equals("__proto__") ? "No field is named __proto__." : null;
    }

    private static boolean isUnseen(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
