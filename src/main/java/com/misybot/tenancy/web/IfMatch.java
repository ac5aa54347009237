package com.misybot.tenancy.web;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The version a change is made on, from {@code If-Match}. As a parameter of a handler method it is required: 428 where it is
 * missing, 400 for weak tags and lists. Declared {@code @Nullable} (actions by POST) it is honoured where given.
 *
 * @param tag the strong tag, quotes included; null for {@code *}, any version
 */
public record IfMatch(@Nullable String tag) {

    /** The header. */
    public static final String HEADER = "If-Match";

    private static final Pattern STRONG = Pattern.compile("\"[\\x21\\x23-\\x7e]{0,64}\"");

    /** Any version. */
    public static IfMatch any() {
        return new IfMatch((String) null);
    }

    /** Whether a resource at this version is meant, whatever time has made of it since. */
    public boolean matches(long version) {
        return tag == null || tag.equals(ETags.of(version)) || tag.startsWith("\"" + version + '.');
    }

    /** Whether all that was read is still so: the tag is this one, or any. */
    public boolean isExactly(String present) {
        return tag == null || tag.equals(present);
    }

    /**
     * Refuses a change that was made on another version.
     *
     * @throws ProblemException 412 {@code stale_version}
     */
    public void require(long version) {
        ETags.requireMatch(this, version);
    }

    /**
     * Reads the header.
     *
     * @throws ProblemException 400 for weak tags, lists and what is no tag
     */
    public static @Nullable IfMatch parse(List<String> headers) {
        if (headers.isEmpty()) {
            return null;
        }
        var text = headers.getFirst().strip();
        if (headers.size() == 1 && text.equals("*")) {
            return any();
        }
        if (headers.size() > 1 || !STRONG.matcher(text).matches()) {
            throw ProblemException.invalid(
                    FieldError.header(
                            HEADER,
                            FieldError.FORMAT,
                            "If-Match takes one strong entity tag as ETag gave it, such as \"7\", or *; neither weak tags nor lists."));
        }
        return new IfMatch(text);
    }
}
