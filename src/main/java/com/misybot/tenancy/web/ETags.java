package com.misybot.tenancy.web;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * Strong entity tags (RFC 9110, section 8.8.3) made of a resource's version. A {@code GET} that answers with {@link #ok}
 * answers 304 by itself where {@code If-None-Match} names the present tag.
 *
 * <p>Some of what a resource shows comes with time and not with a version: a purge falls due, a key expires. Its tag then
 * carries a word besides, {@code "7"} becoming {@code "7.due"}, so that nobody is told 304 about what has changed. Changes are
 * made on the version: {@link IfMatch} takes the tag with the word and without.
 */
public final class ETags {

    private ETags() {}

    /** The tag of a version: {@code "7"}, quotes included. */
    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /**
     * The tag of a version and of what time has made of it: {@code "7.due"}.
     *
     * @param state 1 to 10 letters a-z; null where time has changed nothing
     */
    public static String of(long version, @Nullable String state) {
        return state == null ? of(version) : "\"" + version + '.' + state + '"';
    }

    /** 200 with the resource and its tag. */
    public static <T> ResponseEntity<T> ok(T body, long version) {
        return ok(body, of(version));
    }

    /** 200 with the resource and its tag. */
    public static <T> ResponseEntity<T> ok(T body, String tag) {
        return ResponseEntity.ok().eTag(tag).body(body);
    }

    /**
     * Refuses a change that was made on another version.
     *
     * @param ifMatch what the request said; null, where it need not say anything, matches
     * @throws ProblemException 412 {@code stale_version}
     */
    public static void requireMatch(@Nullable IfMatch ifMatch, long version) {
        if (ifMatch != null && !ifMatch.matches(version)) {
            throw Problem.of(
                            WebProblem.STALE_VERSION,
                            "The resource is at version " + version
                                    + " now: read it again and repeat the change on that.")
                    .withHeader("ETag", of(version))
                    .asException();
        }
    }

    /**
     * Refuses a change that was made on another version, or on another state than this one of the same version.
     *
     * @param ifMatch what the request said; a tag without a word names the version alone
     * @param tag the present one
     * @param letters how many letters of its word say which state it is; those behind are of no account
     * @throws ProblemException 412 {@code stale_version}
     */
    public static void requireMatch(IfMatch ifMatch, long version, String tag, int letters) {
        var state = tag.substring(0, tag.indexOf('.') + 1 + letters);
        var said = ifMatch.tag();
        if (said == null || said.equals(of(version)) || said.startsWith(state)) {
            return;
        }
        throw Problem.of(
                        WebProblem.STALE_VERSION,
                        "The resource is at version " + version
                                + " now, and what it depends on may have changed besides: read it again and repeat the change"
                                + " on that.")
                .withHeader("ETag", tag)
                .asException();
    }

    /**
     * Whether {@code If-None-Match} names this tag, or any (RFC 9110, section 13.1.2); for handlers that write their answers
     * themselves.
     */
    public static boolean isNamed(@Nullable String ifNoneMatch, String tag) {
        if (ifNoneMatch == null) {
            return false;
        }
        for (var one : ifNoneMatch.split(",", -1)) {
            var text = one.strip();
            if (text.equals("*") || text.equals(tag) || text.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }
}
