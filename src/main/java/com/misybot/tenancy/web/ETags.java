package com.misybot.tenancy.web;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * Strong entity tags (RFC 9110, section 8.8.3) made of a resource's version. A {@code GET} that answers with {@link #ok}
 * answers 304 by itself where {@code If-None-Match} names the present tag.
 */
public final class ETags {

    private ETags() {}

    /** The tag of a version: {@code "7"}, quotes included. */
    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /** 200 with the resource and its tag. */
    public static <T> ResponseEntity<T> ok(T body, long version) {
        return ResponseEntity.ok().eTag(of(version)).body(body);
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
}
