package com.misybot.tenancy.tenant.plan.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.misybot.tenancy.tenant.PlanTemplate;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a plan sets up for its new tenants, on the wire. */
@Schema(name = "PlanTemplate", requiredProperties = "collections")
record TemplateResponse(
        @Schema(description = "Collections of documents.") List<Collection> collections) {

    /** A collection to be made. */
    @Schema(
            name = "CollectionTemplate",
            requiredProperties = {"name", "fields"})
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Collection(
            @Schema(description = "What it is called within its tenant.", maxLength = 48)
            String name,

            @Schema(types = "object", description = "JSON Schema of every document.", maxProperties = 1000)
            @JsonRawValue
            @Nullable
            String schema,

            @Schema(description = "What lists can be filtered by.")
            List<TemplateBody.Field> fields,

            @Schema(description = "The field that says when a document ends.", maxLength = 64) @Nullable
            String ttlField) {}

    static TemplateResponse from(PlanTemplate template) {
        return new TemplateResponse(template.collections().stream()
                .map(one -> new Collection(
                        one.name(),
                        one.schema(),
                        one.fields().stream().map(TemplateBody.Field::from).toList(),
                        one.ttlField()))
                .toList());
    }
}
