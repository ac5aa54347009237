package com.misybot.tenancy.tenant.profile;

import com.misybot.tenancy.kernel.InvalidValue;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Words that operators hang on a tenant, to find and select it by: at most 64 pairs, in the order of their keys.
 *
 * <p>A key has 1 to 63 characters, a letter or digit and then {@code [a-z0-9_./-]}; a value up to 256 code points, kept as
 * {@link TextRule} says, and may be empty.
 *
 * @param pairs unmodifiable, sorted by key
 */
public record Labels(Map<String, String> pairs) {

    static final Labels NONE = new Labels(Map.of());
    public static final int MAX_PAIRS = 64;
    /** What a key looks like. */
    public static final String KEY_PATTERN = "[a-z0-9][a-z0-9_./-]{0,62}";

    public static final int MAX_VALUE_LENGTH = 256;

    private static final Pattern KEY = Pattern.compile(KEY_PATTERN);
    private static final TextRule VALUE = new TextRule("The value of a label", MAX_VALUE_LENGTH);

    public Labels {
        if (pairs.size() > MAX_PAIRS) {
            throw new InvalidValue("too_many", "A tenant has at most 64 labels.");
        }
        SortedMap<String, String> kept = new TreeMap<>();
        pairs.forEach((key, value) -> kept.put(key(key), VALUE.optional(value)));
        pairs = Collections.unmodifiableSortedMap(kept);
    }

    private static String key(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new InvalidValue(
                    "label_key",
                    "The key of a label has 1 to 63 characters: a-z or 0-9, then a-z, 0-9, _, ., / and -.");
        }
        return key;
    }
}
