package com.misybot.tenancy.document.content;

import com.misybot.tenancy.document.Declaration;
import com.misybot.tenancy.document.DeclaredField;
import com.misybot.tenancy.document.FieldType;
import com.misybot.tenancy.web.FieldError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The values of declared fields, in the one form of their type by which lists are filtered: numbers as decimals, instants as
 * microseconds.
 */
public final class DeclaredValues {

    private static final int MOST_TEXT = 1_000;
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,4})?");
    private static final Pattern INSTANT =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z");

    private DeclaredValues() {}

    /** The values a document has; what is wrong with one is added to {@code errors}. */
    static BsonDocument of(ObjectNode document, Declaration declaration, List<FieldError> errors) {
        var values = new BsonDocument();
        for (var field : declaration.fields()) {
            var node = document.get(field.name());
            if (node != null && !node.isNull()) {
                var value = value(node, field.type());
                if (value == null) {
                    errors.add(
                            new FieldError("/" + field.name(), FieldError.TYPE, "Give " + words(field) + " or null."));
                } else {
                    values.put(field.name(), value);
                }
            }
        }
        return values;
    }

    /** When a document with these values ends; null where it does not. */
    static @Nullable Instant end(BsonDocument values, Declaration declaration) {
        var field = declaration.ttlField();
        var value = field == null ? null : values.get(field);
        return value == null ? null : Instant.EPOCH.plus(value.asInt64().getValue(), ChronoUnit.MICROS);
    }

    private static @Nullable BsonValue value(JsonNode node, FieldType type) {
        return switch (type) {
            case BOOLEAN -> node.isBoolean() ? BsonBoolean.valueOf(node.booleanValue()) : null;
            case NUMBER -> node.isNumber() ? Bson.decimal(node.decimalValue()) : null;
            case STRING, INSTANT -> node.isString() ? parse(node.stringValue(), type) : null;
        };
    }

    /** The value that a text in a query is; null where it is none of this type. */
    public static @Nullable BsonValue parse(String text, FieldType type) {
        return switch (type) {
            case STRING -> text.length() <= MOST_TEXT ? new BsonString(text) : null;
            case NUMBER -> NUMBER.matcher(text).matches() ? Bson.decimal(new java.math.BigDecimal(text)) : null;
            case BOOLEAN ->
                switch (text) {
                    case "true" -> BsonBoolean.TRUE;
                    case "false" -> BsonBoolean.FALSE;
                    default -> null;
                };
            case INSTANT -> instant(text);
        };
    }

    private static @Nullable BsonValue instant(String text) {
        if (!INSTANT.matcher(text).matches()) {
            return null;
        }
        try {
            var instant = OffsetDateTime.parse(text).toInstant();
            return new BsonInt64(ChronoUnit.MICROS.between(Instant.EPOCH, instant.truncatedTo(ChronoUnit.MICROS)));
        } catch (DateTimeException _) {
            return null;
        }
    }

    /** What a field takes, in words. */
    public static String words(DeclaredField field) {
        return switch (field.type()) {
            case STRING -> "a text of at most 1,000 characters";
            case NUMBER -> "a number of at most 34 digits";
            case BOOLEAN -> "true or false";
            case INSTANT -> "an instant in UTC as RFC 3339 writes it, such as 2026-01-31T12:00:00Z,";
        };
    }
}
