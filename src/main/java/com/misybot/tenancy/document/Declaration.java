package com.misybot.tenancy.document;

import com.misybot.tenancy.kernel.Difference;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a collection by who declares it.
 *
 * @param schema JSON Schema (2020-12) that every document must meet, as canonical text; null where there is none
 * @param fields what can be filtered by, at most {@value #MOST_FIELDS}
 * @param ttlField the declared field of type instant that says when a document ends; null where none ends
 */
public record Declaration(
        @Nullable String schema,
        List<DeclaredField> fields,
        @Nullable String ttlField) {

    /** Most declared fields of a collection. */
    public static final int MOST_FIELDS = 32;

    /** Most indexed fields of a collection. */
    public static final int MOST_INDEXES = 16;

    public Declaration {
        fields = List.copyOf(fields);
    }

    /** The field with this name, where it is declared. */
    public Optional<DeclaredField> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** Whether documents stored under the other one mean the same under this one: the schema is asked for when one is written. */
    public boolean storesLike(Declaration other) {
        return fields.equals(other.fields) && Objects.equals(ttlField, other.ttlField);
    }

    /**
     * What is another than in the other one.
     *
     * @param other null where there was none
     */
    public SortedMap<String, Difference> changedFrom(@Nullable Declaration other) {
        var changed = new TreeMap<String, Difference>();
        var schemaBefore = other == null ? null : other.schema;
        if (!Objects.equals(schema, schemaBefore)) {
            changed.put("schema", Difference.ofJson(schemaBefore, schema));
        }
        if (other == null || !fields.equals(other.fields)) {
            changed.put("fields", Difference.of(other == null ? null : other.fields, fields));
        }
        var ttlBefore = other == null ? null : other.ttlField;
        if (!Objects.equals(ttlField, ttlBefore)) {
            changed.put("ttlField", Difference.of(ttlBefore, ttlField));
        }
        return changed;
    }
}
