package com.misybot.tenancy.document.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.misybot.tenancy.document.content.Bson;
import com.misybot.tenancy.document.content.Contents;
import com.misybot.tenancy.document.mongo.StoredDocument;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A document among others, and a line of an export. */
@Schema(
        name = "DocumentItem",
        requiredProperties = {"id", "version", "createdAt", "updatedAt", "document"},
        example = DocumentItem.EXAMPLE)
@JsonInclude(JsonInclude.Include.NON_NULL)
record DocumentItem(
        @Schema(maxLength = 128) String id,

        @Schema(description = "In the ETag of the document.")
        long version,

        Instant createdAt,
        Instant updatedAt,

        @Schema(description = "When it ends.") @Nullable Instant expiresAt,

        @Schema(types = "object", description = "The document.", maxProperties = 100_000) @JsonRawValue
        String document) {

    static final String EXAMPLE = """
            {"id":"c-4711","version":1795619749145407,"createdAt":"2026-11-23T14:35:49.145Z",\
            "updatedAt":"2026-11-23T14:35:49.145Z","document":{"visitor":"v-17","turns":3}}""";

    static DocumentItem from(StoredDocument document, Contents contents) {
        return new DocumentItem(
                document.id(),
                document.version(),
                document.createdAt(),
                document.updatedAt(),
                document.expiresAt(),
                new String(contents.bytes(Bson.toJson(document.body())), StandardCharsets.UTF_8));
    }
}
