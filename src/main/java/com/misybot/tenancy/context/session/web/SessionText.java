package com.misybot.tenancy.context.session.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.misybot.tenancy.context.session.Sessions;
import com.misybot.tenancy.web.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a client wants remembered of a session. */
final class SessionText {

    static final int MAX_SUBJECT = 256;
    static final int MAX_ATTRIBUTES = 4_096;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String NONE = "{}";

    private SessionText() {}

    /** Adds what is wrong with them to {@code errors}. */
    static Sessions.Content content(@Nullable String subject, @Nullable JsonNode attributes, List<FieldError> errors) {
        if (subject != null) {
            check(subject, errors);
        }
        return new Sessions.Content(subject, attributes(attributes, errors));
    }

    private static void check(String subject, List<FieldError> errors) {
        var length = subject.codePointCount(0, subject.length());
        if (length < 1 || length > MAX_SUBJECT) {
            errors.add(new FieldError("/subject", FieldError.LENGTH, "Give 1 to 256 characters."));
        }
        if (subject.codePoints().anyMatch(c -> Character.isISOControl(c) || isHalf(c))) {
            errors.add(new FieldError(
                    "/subject", "character", "Leave out control characters and halves of surrogate pairs."));
        }
    }

    private static String attributes(@Nullable JsonNode attributes, List<FieldError> errors) {
        if (attributes == null || attributes.isNull()) {
            return NONE;
        }
        if (!attributes.isObject()) {
            errors.add(new FieldError("/attributes", FieldError.TYPE, "Give a JSON object."));
            return NONE;
        }
        var text = JSON.writeValueAsString(attributes);
        if (text.getBytes(UTF_8).length > MAX_ATTRIBUTES) {
            errors.add(new FieldError("/attributes", FieldError.LENGTH, "Give at most 4096 bytes of JSON."));
        }
        if (text.codePoints().anyMatch(SessionText::isHalf)) {
            errors.add(new FieldError("/attributes", "character", "Leave out halves of surrogate pairs."));
        }
        return text;
    }

    private static boolean isHalf(int codePoint) {
        return Character.getType(codePoint) == Character.SURROGATE;
    }
}
