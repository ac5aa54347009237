package com.misybot.tenancy.tenant.plan.web;

import com.misybot.tenancy.tenant.PlanTemplate;
import com.misybot.tenancy.tenant.TemplateRules;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.Problem;
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

/** What a plan sets up for its new tenants, as a client writes it. */
@Schema(name = "PlanTemplateToBe")
record TemplateBody(
        @Nullable
        @Size(max = PlanTemplate.MOST_COLLECTIONS)
        @Schema(description = "Collections of documents; not more than the limit of the plan allows.")
        List<@NotNull @Valid Collection> collections) {

    private static final int MOST_SCHEMAS = 64 * 1024;

    /** A collection to be made. */
    @Schema(name = "CollectionTemplateToBe")
    record Collection(
            @NotNull
            @Size(max = 48)
            @Pattern(regexp = "^[a-z][a-z0-9_]{0,47}$")
            @Schema(description = "What it is called within its tenant.", example = "conversations")
            String name,

            @Nullable
            @Schema(
                    types = "object",
                    description = "JSON Schema (2020-12) of every document, as when a collection is declared.",
                    maxProperties = 1000,
                    example = "{\"type\":\"object\",\"required\":[\"visitor\"]}")
            JsonNode schema,

            @Nullable @Size(max = 32) @Schema(description = "Fields that lists can be filtered by.")
            List<@NotNull @Valid Field> fields,

            @Nullable
            @Size(max = 64)
            @Pattern(regexp = Field.NAME)
            @Schema(
                    description = "The declared field of type instant that says when a document ends.",
                    example = "endsAt")
            String ttlField) {

        private PlanTemplate.Collection accepted(TemplateRules rules) {
            var declared = fields == null ? List.<Field>of() : fields;
            return rules.accept(
                    name, schema, declared.stream().map(Field::toField).toList(), ttlField);
        }
    }

    /** A declared field. */
    @Schema(name = "CollectionTemplateField")
    record Field(
            @NotNull
            @Size(max = 64)
            @Pattern(regexp = Field.NAME)
            @Schema(description = "A letter first, then letters, digits and _.", example = "visitor")
            String name,

            @NotNull
            @Size(max = 10)
            @Pattern(regexp = "^(string|number|boolean|instant)$")
            @Schema(description = "What it holds wherever it is there and not null.", example = "string")
            String type,

            @Nullable @Schema(description = "Whether it is indexed; true where it is left out.", example = "true")
            Boolean indexed) {

        static final String NAME = "^[A-Za-z][A-Za-z0-9_]{0,63}$";

        private PlanTemplate.Field toField() {
            return new PlanTemplate.Field(name, type, indexed == null || indexed);
        }

        static Field from(PlanTemplate.Field field) {
            return new Field(field.name(), field.type(), field.indexed());
        }
    }

    /** What is kept of it; refuses what no tenant of the plan could declare, or not so many of. */
    static PlanTemplate toTemplate(@Nullable TemplateBody body, int most, TemplateRules rules) {
        var wanted = body == null || body.collections == null ? List.<Collection>of() : body.collections;
        var errors = new ArrayList<FieldError>();
        var names = new HashSet<String>();
        for (var i = 0; i < wanted.size(); i++) {
            if (!names.add(wanted.get(i).name())) {
                errors.add(new FieldError(at(i) + "/name", FieldError.DUPLICATE, "Each collection has another name."));
            }
        }
        if (wanted.size() > most) {
            errors.add(new FieldError(
                    "/template/collections",
                    FieldError.LENGTH,
                    "Give at most as many as limits.collections allows, or raise that."));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        var accepted = new ArrayList<PlanTemplate.Collection>();
        for (var i = 0; i < wanted.size(); i++) {
            accepted.add(accepted(wanted.get(i), at(i), rules));
        }
        var length = accepted.stream()
                .mapToInt(one -> one.schema() == null ? 0 : one.schema().length())
                .sum();
        if (length > MOST_SCHEMAS) {
            throw ProblemException.invalid(
                    "/template/collections", FieldError.LENGTH, "All schemas together have at most 64 KB.");
        }
        return new PlanTemplate(accepted);
    }

    private static PlanTemplate.Collection accepted(Collection wanted, String pointer, TemplateRules rules) {
        try {
            return wanted.accepted(rules);
        } catch (ProblemException e) {
            var problem = e.problem();
            var errors = problem.errors().stream()
                    .map(error -> new FieldError(pointer + error.pointer(), error.code(), error.detail()))
                    .toList();
            throw new Problem(problem.code(), problem.detail(), errors, problem.members(), problem.headers())
                    .asException();
        }
    }

    private static String at(int index) {
        return "/template/collections/" + index;
    }
}
