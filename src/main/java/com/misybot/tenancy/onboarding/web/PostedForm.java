package com.misybot.tenancy.onboarding.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;

/** The fields of a form that a page of this service has posted. The container reads no bodies, so that none become parameters. */
final class PostedForm {

    private static final int MOST = 2_048;

    private final Map<String, String> fields = new HashMap<>();

    static PostedForm of(HttpServletRequest request) {
        try {
            return new PostedForm(new String(request.getInputStream().readNBytes(MOST), US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PostedForm(String body) {
        for (var pair : body.split("&", -1)) {
            var equal = pair.indexOf('=');
            if (equal > 0) {
                fields.put(decoded(pair.substring(0, equal)), decoded(pair.substring(equal + 1)));
            }
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    String text(String field) {
        return fields.getOrDefault(field, "");
    }

    /**
     * One of few words.
     *
     * @throws ProblemException 400 for another
     */
    <E extends Enum<E>> E word(String field, Class<E> words) {
        try {
            return Enum.valueOf(words, text(field));
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("/" + field, FieldError.ENUM, "This is none of what the page offers.");
        }
    }
}
