package com.misybot.tenancy.tenant.web;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Describes patches as RFC 7396 means them: the fields of what replaces a resource ({@code ReplaceTenant}), each of which may be
 * left out or null, also those of the objects within. {@code PatchTenant} is made of {@code ReplaceTenant}.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class PatchSchemas implements GlobalOpenApiCustomizer {

    private static final String SCHEMAS = "#/components/schemas/";
    private static final String WHOLE = "Replace";
    private static final String PATCH = "Patch";

    @Override
    public void customise(OpenAPI document) {
        document.getPaths().values().stream()
                .filter(path -> path.getPatch() != null)
                .flatMap(path -> path.getPatch().getRequestBody().getContent().values().stream())
                .filter(media -> isWhole(media.getSchema()))
                .forEach(media -> media.setSchema(patchOf(media.getSchema(), document)));
    }

    /** Other bodies of patches say themselves what they are. */
    private static boolean isWhole(@Nullable Schema<?> body) {
        return body != null && body.get$ref() != null && body.get$ref().startsWith(SCHEMAS + WHOLE);
    }

    /** What a reference to a schema becomes in a patch. */
    private static Schema<?> patchOf(Schema<?> reference, OpenAPI document) {
        var schemas = document.getComponents().getSchemas();
        var name = reference.get$ref().substring(SCHEMAS.length());
        var patch = PATCH + (name.startsWith(WHOLE) ? name.substring(WHOLE.length()) : name);
        if (!schemas.containsKey(patch)) {
            Schema<?> whole = Objects.requireNonNull(schemas.get(name));
            var schema = new ObjectSchema();
            schema.setTypes(new LinkedHashSet<>(List.of("object")));
            schema.setDescription("What to change: what is left out stays, null clears.");
            Map<String, ?> properties = whole.getProperties();
            properties.forEach((field, property) -> {
                var its = (Schema<?>) property;
                schema.addProperty(field, its.get$ref() == null ? nullable(its) : patchOf(its, document));
            });
            schemas.put(patch, schema);
        }
        return new Schema<>().$ref(SCHEMAS + patch);
    }

    private static Schema<?> nullable(Schema<?> schema) {
        Schema<?> copy = new Schema<>();
        var types = new LinkedHashSet<>(schema.getTypes() == null ? List.of("object") : schema.getTypes());
        types.add("null");
        copy.setTypes(types);
        copy.setDescription(schema.getDescription());
        copy.setFormat(schema.getFormat());
        copy.setPattern(schema.getPattern());
        copy.setMaxLength(schema.getMaxLength());
        copy.setMinimum(schema.getMinimum());
        copy.setMaximum(schema.getMaximum());
        copy.setMaxItems(schema.getMaxItems());
        copy.setMaxProperties(schema.getMaxProperties());
        copy.setItems(schema.getItems());
        copy.setAdditionalProperties(
                schema.getAdditionalProperties() instanceof Schema<?> values
                        ? nullable(values)
                        : schema.getAdditionalProperties());
        return copy;
    }
}
