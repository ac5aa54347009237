package com.misybot.tenancy.kernel;

import org.jspecify.annotations.Nullable;

/**
 * What a field of a {@link Change} was before it and is after it, as canonical JSON: keys sorted by UTF-16 code units, no white
 * space, nothing escaped that need not be. Of secrets and personal data it says that they changed and no more.
 *
 * @param before null where there was nothing, and of what is masked
 * @param after null where there is nothing, and of what is masked
 * @param masked whether the values are not told
 */
public record Difference(@Nullable String before, @Nullable String after, boolean masked) {

    /** A secret or something personal: it changed. */
    public static final Difference MASKED = new Difference(null, null, true);

    public Difference {
        if (masked && (before != null || after != null)) {
            throw new IllegalArgumentException("What is masked tells no values");
        }
    }

    /**
     * A difference between two values, each null or made of texts, numbers, booleans, enums, instants, UUIDs, records without
     * secrets, collections and maps with texts for keys.
     */
    public static Difference of(@Nullable Object before, @Nullable Object after) {
        return new Difference(text(before), text(after), false);
    }

    /** A difference between values that are canonical JSON already. */
    public static Difference ofJson(@Nullable String before, @Nullable String after) {
        return new Difference(before, after, false);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : CanonicalJson.of(value);
    }
}
