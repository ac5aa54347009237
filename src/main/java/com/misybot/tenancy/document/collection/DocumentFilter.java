package com.misybot.tenancy.document.collection;

import com.misybot.tenancy.document.Declaration;
import com.misybot.tenancy.document.DeclaredField;
import com.misybot.tenancy.document.FieldType;
import com.misybot.tenancy.document.content.DeclaredValues;
import com.misybot.tenancy.document.mongo.ValueFilter;
import com.misybot.tenancy.document.mongo.ValueFilter.Comparison;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.Paging;
import com.misybot.tenancy.web.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Reads filters: {@code field=value} and {@code field.gte=value} with a declared field and a value of its type, and nothing else. */
final class DocumentFilter {

    private DocumentFilter() {}

    /**
     * The filter that a query asks for.
     *
     * @throws ProblemException 400 for fields that are not declared, values of another type, and what is sent twice
     */
    static Bson of(Map<String, String[]> query, Declaration declaration) {
        var filter = new ValueFilter();
        List<FieldError> errors = new ArrayList<>();
        query.forEach((name, values) -> {
            if (!name.equals(Paging.SIZE) && !name.equals(Paging.TOKEN)) {
                var error = add(filter, name, values, declaration);
                if (error != null) {
                    errors.add(error);
                }
            }
        });
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return filter.toBson();
    }

    private static @Nullable FieldError add(ValueFilter filter, String name, String[] values, Declaration declaration) {
        var dot = name.lastIndexOf('.');
        var field = declaration.field(dot < 0 ? name : name.substring(0, dot)).orElse(null);
        var comparison = dot < 0 ? Comparison.EQUAL : comparison(name.substring(dot + 1));
        if (field == null || comparison == null || !isComparable(field, comparison)) {
            return FieldError.query(
                    name,
                    FieldError.UNKNOWN_PARAMETER,
                    "Filter by a declared field: field=value, or field.gt, field.gte, field.lt, field.lte.");
        }
        if (values.length > 1) {
            return FieldError.query(name, FieldError.DUPLICATE, "Send this parameter once.");
        }
        var value = DeclaredValues.parse(values[0], field.type());
        if (value == null) {
            return FieldError.query(name, FieldError.TYPE, "Give " + DeclaredValues.words(field) + " here.");
        }
        filter.require(field.name(), comparison, value);
        return null;
    }

    private static boolean isComparable(DeclaredField field, Comparison comparison) {
        return field.type() != FieldType.BOOLEAN || comparison == Comparison.EQUAL;
    }

    private static @Nullable Comparison comparison(String word) {
        return switch (word) {
            case "gt" -> Comparison.ABOVE;
            case "gte" -> Comparison.FROM;
            case "lt" -> Comparison.BELOW;
            case "lte" -> Comparison.TO;
            default -> null;
        };
    }
}
