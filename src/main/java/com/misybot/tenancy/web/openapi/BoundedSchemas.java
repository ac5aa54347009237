package com.misybot.tenancy.web.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/**
 * Says the bounds that hold everywhere where a schema names none of its own: no text contains U+0000 or is longer than 64 KB, an
 * instant is RFC 3339, a number is of its format, an object has no members beyond those it names.
 */
final class BoundedSchemas implements GlobalOpenApiCustomizer {

    private static final String NO_NUL = "^[^\\u0000]*$";
    private static final int MAX_STRING = 65_536;
    private static final int MAX_ITEMS = 10_000;
    private static final int MAX_PROPERTIES = 1_000;

    private final Set<Schema<?>> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    @Override
    public void customise(OpenAPI document) {
        seen.clear();
        document.getComponents().getSchemas().values().forEach(this::bound);
        document.getComponents().getResponses().values().forEach(response -> contentOf(response.getContent()));
        document.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .forEach(operation -> {
                    if (operation.getParameters() != null) {
                        operation.getParameters().forEach(parameter -> bound(parameter.getSchema()));
                    }
                    if (operation.getRequestBody() != null) {
                        contentOf(operation.getRequestBody().getContent());
                    }
                    operation.getResponses().values().forEach(response -> contentOf(response.getContent()));
                });
    }

    private void contentOf(io.swagger.v3.oas.models.media.@Nullable Content content) {
        if (content != null) {
            content.values().forEach(media -> bound(media.getSchema()));
        }
    }

    private void bound(@Nullable Schema<?> schema) {
        if (schema == null || schema.get$ref() != null || !seen.add(schema)) {
            return;
        }
        for (var type : typesOf(schema)) {
            switch (type) {
                case "string" -> string(schema);
                case "integer", "number" -> number(schema);
                case "array" -> array(schema);
                case "object" -> object(schema);
                default -> {
                    // a boolean or null has no bounds
                }
            }
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(this::bound);
        }
        bound(schema.getItems());
    }

    private static Set<String> typesOf(Schema<?> schema) {
        if (schema.getTypes() != null) {
            return schema.getTypes();
        }
        return schema.getType() == null ? Set.of() : Set.of(schema.getType());
    }

    private static void string(Schema<?> schema) {
        if (schema.getEnum() != null) {
            return;
        }
        if (schema.getMaxLength() == null) {
            schema.setMaxLength(maxLength(schema.getFormat()));
        }
        if (schema.getPattern() == null && schema.getFormat() == null) {
            schema.setPattern(NO_NUL);
        }
    }

    private static int maxLength(@Nullable String format) {
        return switch (format) {
            case "uuid" -> 36;
            case "date-time" -> 30;
            case null, default -> MAX_STRING;
        };
    }

    private static void number(Schema<?> schema) {
        if (schema.getFormat() == null) {
            schema.setFormat(typesOf(schema).contains("integer") ? "int64" : "double");
        }
        var largest = "int32".equals(schema.getFormat()) ? Integer.MAX_VALUE : Long.MAX_VALUE;
        if (schema.getMinimum() == null) {
            schema.setMinimum(BigDecimal.ZERO);
        }
        if (schema.getMaximum() == null) {
            schema.setMaximum(BigDecimal.valueOf(largest));
        }
    }

    private static void array(Schema<?> schema) {
        if (schema.getMaxItems() == null) {
            schema.setMaxItems(MAX_ITEMS);
        }
    }

    private void object(Schema<?> schema) {
        if (schema.getAdditionalProperties() instanceof Schema<?> values) {
            bound(values);
            if (schema.getMaxProperties() == null) {
                schema.setMaxProperties(MAX_PROPERTIES);
            }
        } else if (schema.getProperties() != null && !schema.getProperties().isEmpty()) {
            schema.setAdditionalProperties(false);
        } else if (schema.getMaxProperties() == null) {
            schema.setMaxProperties(MAX_PROPERTIES);
        }
    }
}
