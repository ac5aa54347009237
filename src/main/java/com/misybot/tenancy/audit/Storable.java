package com.misybot.tenancy.audit;

import org.jspecify.annotations.Nullable;

/** Text that PostgreSQL can keep: in place of U+0000 and of half a surrogate pair stands U+FFFD. */
final class Storable {

    private static final int REPLACEMENT = 0xFFFD;

    private Storable() {}

    static String text(String text) {
        return text.codePoints().noneMatch(Storable::isBad)
                ? text
                : text.codePoints()
                        .map(c -> isBad(c) ? REPLACEMENT : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    static @Nullable String optional(@Nullable String text) {
        return text == null ? null : text(text);
    }

    private static boolean isBad(int c) {
        return c == 0 || Character.getType(c) == Character.SURROGATE;
    }
}
