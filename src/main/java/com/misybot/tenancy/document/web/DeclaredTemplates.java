package com.misybot.tenancy.document.web;

import com.misybot.tenancy.document.CollectionName;
import com.misybot.tenancy.document.FieldType;
import com.misybot.tenancy.document.content.SchemaRules;
import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.tenant.PlanTemplate;
import com.misybot.tenancy.tenant.TemplateRules;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Accepts a collection of a template where its declaration would be accepted. */
@Component
class DeclaredTemplates implements TemplateRules {

    private final SchemaRules rules;

    DeclaredTemplates(SchemaRules rules) {
        this.rules = rules;
    }

    @Override
    public PlanTemplate.Collection accept(
            String name, @Nullable JsonNode schema, List<PlanTemplate.Field> fields, @Nullable String ttlField) {
        requireName(name);
        var declaration = new DeclareCollectionRequest(
                        schema,
                        fields.stream()
                                .map(field -> new DeclareCollectionRequest.Field(
                                        field.name(), type(field.type()), field.indexed()))
                                .toList(),
                        ttlField)
                .toDeclaration(rules);
        return new PlanTemplate.Collection(name, declaration.schema(), fields, ttlField);
    }

    private static void requireName(String name) {
        if (name.equals(CollectionController.COUNT)) {
            throw ProblemException.invalid("/name", "reserved", "This name is a reserved word: choose another one.");
        }
        try {
            var _ = new CollectionName(name);
        } catch (InvalidValue e) {
            throw ProblemException.invalid("/name", e.code(), String.valueOf(e.getMessage()));
        }
    }

    private static FieldType type(String word) {
        return Arrays.stream(FieldType.values())
                .filter(type -> type.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid("/fields", FieldError.ENUM, "There is no such type."));
    }
}
