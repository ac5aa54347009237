package com.misybot.tenancy.web;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** How bodies come: as they are, in UTF-8. */
public final class PlainBody {

    private PlainBody() {}

    /**
     * Refuses a body that has to be decoded first.
     *
     * @param encoding {@code Content-Encoding}
     * @param type {@code Content-Type}
     * @throws ProblemException 415 {@code unsupported_media_type}
     */
    public static void require(@Nullable String encoding, @Nullable MediaType type) {
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw refused("Bodies are read as they are: send this one without Content-Encoding.");
        }
        if (type != null && type.getCharset() != null && !StandardCharsets.UTF_8.equals(type.getCharset())) {
            throw refused("Bodies are UTF-8: leave the charset out or name that one.");
        }
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(WebProblem.UNSUPPORTED_MEDIA_TYPE, detail);
    }
}
