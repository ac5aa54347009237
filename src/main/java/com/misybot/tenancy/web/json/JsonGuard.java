package com.misybot.tenancy.web.json;

import com.misybot.tenancy.web.BodyLimit;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a body once before it is bound and refuses what no schema of ours allows: bytes that are not UTF-8, {@code \\u0000}
 * and lone surrogates (which PostgreSQL cannot keep), duplicate keys, too deep nesting, too long strings, numbers that no
 * double can hold, and anything after the value. Each refusal points at its place.
 */
final class JsonGuard {

    private static final int NAME_LENGTH = 256;
    private static final int NUMBER_LENGTH = 64;

    private final JsonFactory factory;
    private final int nesting;

    private JsonGuard(int nesting) {
        this.nesting = nesting;
        // One level and one character more than allowed, so that the refusals below come first and can point.
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(nesting + 1)
                        .maxStringLength(BodyLimit.STRING_BYTES + 1)
                        .maxNameLength(BodyLimit.STRING_BYTES)
                        .maxNumberLength(1_000)
                        .build())
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
    }

    static JsonGuard withNesting(int nesting) {
        return new JsonGuard(nesting);
    }

    /**
     * Checks a body.
     *
     * @throws ProblemException 400
     */
    void check(byte[] json) {
        try (var parser = factory.createParser(ObjectReadContext.empty(), text(json))) {
            checkTokens(parser);
        } catch (JacksonException e) {
            throw JsonErrors.malformed(e);
        }
    }

    private void checkTokens(JsonParser parser) {
        Deque<Set<String>> names = new ArrayDeque<>();
        var values = 0;
        JsonToken token;
        while ((token = parser.nextToken()) != null) {
            if (begins(token, parser.streamReadContext()) && ++values > 1) {
                throw JsonErrors.malformed(parser.currentTokenLocation(), "There is more after the JSON value");
            }
            switch (token) {
                case START_OBJECT, START_ARRAY -> {
                    if (parser.streamReadContext().getNestingDepth() > nesting) {
                        throw refuse(parser, "nesting", "Objects and arrays nest at most " + nesting + " levels deep.");
                    }
                    if (token == JsonToken.START_OBJECT) {
                        names.push(new HashSet<>());
                    }
                }
                case END_OBJECT -> names.pop();
                case PROPERTY_NAME -> checkName(parser, names.getFirst());
                case VALUE_STRING -> checkString(parser, parser.getString());
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> checkNumber(parser);
                default -> {}
            }
        }
        if (values == 0) {
            throw JsonErrors.empty();
        }
    }

    /** Whether a token begins a value at the top: the context of an opening bracket is already the inner one. */
    private static boolean begins(JsonToken token, TokenStreamContext context) {
        return !token.isStructEnd() && (token.isStructStart() ? context.getNestingDepth() == 1 : context.inRoot());
    }

    private static void checkName(JsonParser parser, Set<String> siblings) {
        var name = parser.currentName();
        if (isNotText(name)) {
            throw ProblemException.invalid(
                    parent(parser),
                    FieldError.FORMAT,
                    "A key has \\u0000 or half a surrogate pair: it must be Unicode text.");
        }
        if (name.length() > NAME_LENGTH) {
            throw ProblemException.invalid(parent(parser), FieldError.LENGTH, "A key has at most 256 characters.");
        }
        if (!siblings.add(name)) {
            throw refuse(parser, FieldError.DUPLICATE, "This key occurs twice in one object.");
        }
    }

    private static void checkString(JsonParser parser, String text) {
        if (isNotText(text)) {
            throw refuse(
                    parser,
                    FieldError.FORMAT,
                    "The text has \\u0000 or half a surrogate pair: it must be Unicode text.");
        }
        if (text.length() > BodyLimit.STRING_BYTES / 3
                && text.getBytes(StandardCharsets.UTF_8).length > BodyLimit.STRING_BYTES) {
            throw refuse(parser, FieldError.LENGTH, "A string has at most 65536 bytes in UTF-8.");
        }
    }

    private static void checkNumber(JsonParser parser) {
        var number = parser.getString();
        if (number.length() > NUMBER_LENGTH || !Double.isFinite(Double.parseDouble(number))) {
            throw refuse(parser, FieldError.RANGE, "A number has at most 64 characters and fits a 64-bit float.");
        }
    }

    private static boolean isNotText(String text) {
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return true;
            }
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String text(byte[] json) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
        } catch (CharacterCodingException e) {
            throw JsonErrors.notUtf8();
        }
    }

    private static ProblemException refuse(JsonParser parser, String code, String detail) {
        return ProblemException.invalid(
                parser.streamReadContext().pathAsPointer().toString(), code, detail);
    }

    private static String parent(JsonParser parser) {
        var parent = parser.streamReadContext().getParent();
        return (parent == null ? JsonPointer.empty() : parent.pathAsPointer()).toString();
    }
}
