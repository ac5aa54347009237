package com.misybot.tenancy.tenant;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plan sets up for a tenant beside its limits.
 *
 * @param collections collections of documents, in the order of the client
 */
public record PlanTemplate(List<Collection> collections) {

    /** Nothing. */
    public static final PlanTemplate EMPTY = new PlanTemplate(List.of());

    /** Most collections of a template. */
    public static final int MOST_COLLECTIONS = 20;

    public PlanTemplate {
        collections = List.copyOf(collections);
    }

    /**
     * A collection to be made, as {@link TemplateRules} has accepted it.
     *
     * @param name what it is called within its tenant
     * @param schema JSON Schema of its documents as text, if any
     * @param fields what lists can be filtered by
     * @param ttlField the field that says when a document ends, if any
     */
    public record Collection(
            String name,
            @Nullable String schema,
            List<Field> fields,
            @Nullable String ttlField) {

        public Collection {
            fields = List.copyOf(fields);
        }
    }

    /** A declared field of a collection; {@code type} is a word that the document API knows. */
    public record Field(String name, String type, boolean indexed) {}
}
