package com.misybot.tenancy.document.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A line of an import, as the description of the API shows it. */
@Schema(
        name = "DocumentLine",
        requiredProperties = {"id", "document"})
record DocumentLine(
        @Schema(description = "What the document is called.", maxLength = 128)
        String id,

        @Schema(types = "object", description = "The document.", maxProperties = 100_000)
        JsonNode document,

        @Nullable @Schema(description = "Passed over, as the three after it.")
        Long version,

        @Nullable Instant createdAt,
        @Nullable Instant updatedAt,
        @Nullable Instant expiresAt) {}
