package com.misybot.tenancy.document;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
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

    /** Names of what is another than in the other one. */
    public SortedSet<String> changedFrom(Declaration other) {
        SortedSet<String> changed = new TreeSet<>();
        if (!Objects.equals(schema, other.schema)) {
            changed.add("schema");
        }
        if (!fields.equals(other.fields)) {
            changed.add("fields");
        }
        if (!Objects.equals(ttlField, other.ttlField)) {
            changed.add("ttlField");
        }
        return changed;
    }
}
