package com.misybot.tenancy.document.web;

import com.misybot.tenancy.document.Declaration;
import com.misybot.tenancy.document.DeclaredField;
import com.misybot.tenancy.document.FieldType;
import com.misybot.tenancy.document.content.SchemaRules;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.Paging;
import com.misybot.tenancy.web.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is said of a collection by who declares it; all of it may be left out. */
@Schema(name = "DeclareCollection")
record DeclareCollectionRequest(
        @Nullable
        @Schema(
                types = "object",
                description =
                        "JSON Schema (2020-12) of every document, up to 32 KB, without $id, without recursion, with patterns of RE2.",
                maxProperties = 1000,
                example = "{\"type\":\"object\",\"required\":[\"visitor\"]}")
        JsonNode schema,

        @Nullable
        @Size(max = Declaration.MOST_FIELDS)
        @Schema(
                description =
                        "Fields at the top of documents that lists can be filtered by, at most 16 of them indexed.")
        List<@NotNull @Valid Field> fields,

        @Nullable
        @Size(max = 64)
        @Pattern(regexp = DeclaredField.NAME)
        @Schema(
                description = "The declared field of type instant that says when a document ends.",
                example = "expiresAt")
        String ttlField) {

    /** A declared field on the wire. */
    @Schema(name = "DeclaredField")
    record Field(
            @NotNull
            @Size(max = 64)
            @Pattern(regexp = DeclaredField.NAME)
            @Schema(description = "A letter first, then letters, digits and _.", example = "visitor")
            String name,

            @NotNull @Schema(description = "What it holds wherever it is there and not null.", example = "string")
            FieldType type,

            @Nullable @Schema(description = "Whether it is indexed; true where it is left out.", example = "true")
            Boolean indexed) {

        DeclaredField toField() {
            return new DeclaredField(name, type, indexed == null || indexed);
        }

        static Field from(DeclaredField field) {
            return new Field(field.name(), field.type(), field.indexed());
        }
    }

    /** What this declares. */
    Declaration toDeclaration(SchemaRules rules) {
        var declared = fields == null ? List.<DeclaredField>of() : declared(fields);
        requireTtl(declared);
        return new Declaration(schema == null || schema.isNull() ? null : rules.accept(schema), declared, ttlField);
    }

    private static List<DeclaredField> declared(List<Field> fields) {
        var errors = new ArrayList<FieldError>();
        var names = new HashSet<String>();
        for (var i = 0; i < fields.size(); i++) {
            var name = fields.get(i).name();
            if (!names.add(name)) {
                errors.add(new FieldError("/fields/" + i + "/name", FieldError.DUPLICATE, "A field is declared once."));
            } else if (name.equals(Paging.SIZE) || name.equals(Paging.TOKEN)) {
                errors.add(
                        new FieldError("/fields/" + i + "/name", "reserved", "Lists have a parameter of this name."));
            }
        }
        var declared = fields.stream().map(Field::toField).toList();
        if (declared.stream().filter(DeclaredField::indexed).count() > Declaration.MOST_INDEXES) {
            errors.add(new FieldError("/fields", FieldError.LENGTH, "At most 16 fields are indexed."));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return declared;
    }

    private void requireTtl(List<DeclaredField> declared) {
        if (ttlField != null
                && declared.stream()
                        .noneMatch(field -> field.name().equals(ttlField) && field.type() == FieldType.INSTANT)) {
            throw ProblemException.invalid(
                    "/ttlField", FieldError.FORMAT, "Name a field that is declared with the type instant.");
        }
    }
}
