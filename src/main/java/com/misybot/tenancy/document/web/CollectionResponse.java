package com.misybot.tenancy.document.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.misybot.tenancy.document.DeclaredCollection;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A collection on the wire. */
@Schema(
        name = "Collection",
        requiredProperties = {"name", "fields", "version", "createdAt", "createdBy", "updatedAt", "updatedBy"},
        example = CollectionResponse.EXAMPLE)
@JsonInclude(JsonInclude.Include.NON_NULL)
record CollectionResponse(
        @Schema(description = "What it is called within its tenant.", maxLength = 48)
        String name,

        @Schema(types = "object", description = "JSON Schema of every document.", maxProperties = 1000)
        @JsonRawValue
        @Nullable
        String schema,

        @Schema(description = "What lists can be filtered by.")
        List<DeclareCollectionRequest.Field> fields,

        @Schema(description = "The field that says when a document ends.", maxLength = 64) @Nullable
        String ttlField,

        @Schema(description = "Raised by 1 with every change.")
        long version,

        Instant createdAt,
        @Schema(maxLength = 200) String createdBy,
        Instant updatedAt,
        @Schema(maxLength = 200) String updatedBy) {

    static final String EXAMPLE = """
            {"name":"conversations","schema":{"type":"object","required":["visitor"]},\
            "fields":[{"name":"endsAt","type":"instant","indexed":false}],\
            "ttlField":"endsAt","version":1,"createdAt":"2026-11-23T14:35:49.145407Z","createdBy":"operator:ops-anna",\
            "updatedAt":"2026-11-23T14:35:49.145407Z","updatedBy":"operator:ops-anna"}""";

    /** Fields a client may send back as they are, and never change. */
    static final Set<String> READ_ONLY = Set.of("name", "version", "createdAt", "createdBy", "updatedAt", "updatedBy");

    static CollectionResponse from(DeclaredCollection collection) {
        var declaration = collection.declaration();
        return new CollectionResponse(
                collection.name().value(),
                declaration.schema(),
                declaration.fields().stream()
                        .map(DeclareCollectionRequest.Field::from)
                        .toList(),
                declaration.ttlField(),
                collection.version(),
                collection.createdAt(),
                collection.createdBy(),
                collection.updatedAt(),
                collection.updatedBy());
    }
}
