package com.misybot.tenancy.tenant.profile;

import com.misybot.tenancy.kernel.InvalidValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a tenant wants remembered for its widget: a JSON object that this service keeps and does not read.
 *
 * <p>At most 16 KB of canonical text in UTF-8, 32 levels deep (the object itself is the first). Canonical: keys sorted by UTF-16 code
 * units, no white space, numbers in plain notation with the digits they came with, as PostgreSQL's {@code jsonb} gives them back.
 * U+0000 and lone surrogates, which it cannot keep, are refused, and so is what is no number of JSON.
 *
 * <p>A number that was read into a {@code double} has lost its digits before it comes here: parse with
 * {@code DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS}.
 */
public final class Settings {

    public static final int MAX_BYTES = 16_384;
    public static final int MAX_DEPTH = 32;

    /** Of a number written out in full: fewer than a request may hold of one, so that what was read can be sent back. */
    public static final int MAX_DIGITS = 60;

    private static final JsonMapper PLAIN = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    static final Settings NONE = of(JsonNodeFactory.instance.objectNode());

    private final ObjectNode root;
    private final String text;

    private Settings(ObjectNode root, String text) {
        this.root = root;
        this.text = text;
    }

    /** Copies an object; codes {@code too_long}, {@code too_deep}, {@code character}, {@code number} and {@code format}. */
    public static Settings of(ObjectNode object) {
        var canonical = (ObjectNode) new Canonical().copy(object, 1);
        var text = PLAIN.writeValueAsString(canonical);
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw tooLong();
        }
        return new Settings(canonical, text);
    }

    /** A copy for the caller to use as it likes. */
    ObjectNode toJson() {
        return root.deepCopy();
    }

    /** The canonical text: what is stored, measured and compared. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Settings that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    private static final class Canonical {

        JsonNode copy(JsonNode node, int depth) {
            return switch (node.getNodeType()) {
                case OBJECT -> object((ObjectNode) node, depth);
                case ARRAY -> array((ArrayNode) node, depth);
                case STRING -> JsonNodeFactory.instance.stringNode(storable(node.stringValue()));
                case NUMBER -> number(node);
                case BOOLEAN, NULL -> node;
                case BINARY, MISSING, POJO -> throw new InvalidValue("format", "Settings consist of JSON values.");
            };
        }

        private JsonNode object(ObjectNode node, int depth) {
            requireDepth(depth);
            List<Map.Entry<String, JsonNode>> members = new ArrayList<>(node.properties());
            members.sort(Map.Entry.comparingByKey());
            var copy = JsonNodeFactory.instance.objectNode();
            for (var member : members) {
                copy.set(storable(member.getKey()), copy(member.getValue(), depth + 1));
            }
            return copy;
        }

        private JsonNode array(ArrayNode node, int depth) {
            requireDepth(depth);
            var copy = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> copy.add(copy(element, depth + 1)));
            return copy;
        }

        private JsonNode number(JsonNode node) {
            if ((node.isDouble() || node.isFloat()) && !Double.isFinite(node.doubleValue())) {
                throw new InvalidValue("number", "NaN and Infinity are no numbers of JSON.");
            }
            var number = node.decimalValue();
            // before it is written out: 1e9999999 is short until then
            if (digits(number) > MAX_DIGITS) {
                throw new InvalidValue("number", "A number has at most 60 digits, written out in full.");
            }
            return JsonNodeFactory.instance.numberNode(plain(number));
        }

        private static long digits(BigDecimal number) {
            var scale = (long) number.scale();
            return scale < 0 ? number.precision() - scale : Math.max(number.precision(), scale + 1);
        }

        private static BigDecimal plain(BigDecimal number) {
            return number.scale() < 0 ? number.setScale(0) : number;
        }

        private static String storable(String text) {
            if (text.codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE)) {
                throw new InvalidValue("character", "Settings contain neither \\u0000 nor half of a surrogate pair.");
            }
            return text;
        }

        private static void requireDepth(int depth) {
            if (depth > MAX_DEPTH) {
                throw new InvalidValue("too_deep", "Settings are at most 32 levels deep.");
            }
        }
    }

    private static InvalidValue tooLong() {
        return new InvalidValue("too_long", "Settings have at most 16384 bytes of JSON, numbers written out in full.");
    }
}
