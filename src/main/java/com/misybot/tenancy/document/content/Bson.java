package com.misybot.tenancy.document.content;

import com.misybot.tenancy.document.DocumentProblem;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as MongoDB keeps it, and back. A whole number of 64 bits is an int64, every other number a decimal128, which keeps 34
 * digits and the zeros at the end; what has more is refused. Nothing becomes a double, and nothing in a document becomes any other
 * type of BSON.
 */
public final class Bson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Bson() {}

    /**
     * What a document is in BSON.
     *
     * @throws ProblemException 400 for a name or a number that cannot be kept, with a pointer to it
     */
    static BsonDocument of(ObjectNode document) {
        return object(document, JsonPointer.empty());
    }

    private static BsonDocument object(ObjectNode node, JsonPointer at) {
        var object = new BsonDocument(Math.max(16, node.size() * 2));
        for (var member : node.properties()) {
            var fault = FieldNames.fault(member.getKey());
            if (fault != null) {
                throw refused(DocumentProblem.FIELD_NAME_REFUSED, at, fault);
            }
            object.put(member.getKey(), value(member.getValue(), at.appendProperty(member.getKey())));
        }
        return object;
    }

    private static BsonValue value(JsonNode node, JsonPointer at) {
        return switch (node.getNodeType()) {
            case OBJECT -> object((ObjectNode) node, at);
            case ARRAY -> array(node, at);
            case STRING -> new BsonString(node.stringValue());
            case BOOLEAN -> BsonBoolean.valueOf(node.booleanValue());
            case NULL -> BsonNull.VALUE;
            case NUMBER -> number(node, at);
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("JSON has no such value");
        };
    }

    private static BsonArray array(JsonNode node, JsonPointer at) {
        List<BsonValue> values = new ArrayList<>(node.size());
        for (var i = 0; i < node.size(); i++) {
            values.add(value(node.get(i), at.appendIndex(i)));
        }
        return new BsonArray(values);
    }

    private static BsonValue number(JsonNode node, JsonPointer at) {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return new BsonInt64(node.longValue());
        }
        var exact = decimal(node.decimalValue());
        if (exact == null) {
            throw refused(
                    DocumentProblem.NUMBER_NOT_EXACT,
                    at,
                    "A number has at most 34 significant digits and an exponent of at most 6144: send others as text.");
        }
        return exact;
    }

    /** A number with all its digits; null where it has too many. */
    static @org.jspecify.annotations.Nullable BsonDecimal128 decimal(BigDecimal number) {
        try {
            return new BsonDecimal128(new Decimal128(number));
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private static ProblemException refused(DocumentProblem problem, JsonPointer at, String detail) {
        return problem.of(List.of(new FieldError(at.toString(), problem.code(), detail)));
    }

    /** The document that was kept. */
    public static ObjectNode toJson(BsonDocument document) {
        var object = JSON.objectNode();
        document.forEach((name, value) -> object.set(name, toJson(value)));
        return object;
    }

    private static JsonNode toJson(BsonValue value) {
        return switch (value.getBsonType()) {
            case DOCUMENT -> toJson(value.asDocument());
            case ARRAY -> {
                var array = JSON.arrayNode(value.asArray().size());
                value.asArray().forEach(element -> array.add(toJson(element)));
                yield array;
            }
            case STRING -> JSON.stringNode(value.asString().getValue());
            case BOOLEAN -> JSON.booleanNode(value.asBoolean().getValue());
            case INT64 -> JSON.numberNode(value.asInt64().getValue());
            case DECIMAL128 -> JSON.numberNode(value.asDecimal128().getValue().bigDecimalValue());
            case NULL -> JSON.nullNode();
            default -> throw new IllegalArgumentException("This service keeps no " + value.getBsonType());
        };
    }
}
