package com.misybot.tenancy.tenant.web;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Describes a patch as RFC 7396 means it: the fields of {@link ReplaceTenantRequest}, each of which may be left out or null, also
 * those of the business within.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class PatchTenantSchema implements GlobalOpenApiCustomizer {

    static final String NAME = "PatchTenant";

    @Override
    public void customise(OpenAPI document) {
        var schemas = document.getComponents().getSchemas();
        var business = patchOf(Objects.requireNonNull(schemas.get("Business")));
        var tenant = patchOf(Objects.requireNonNull(schemas.get("ReplaceTenant")));
        tenant.addProperty("business", new Schema<>().$ref("#/components/schemas/PatchBusiness"));
        schemas.put("PatchBusiness", business.description("What to change of a business."));
        schemas.put(NAME, tenant.description("What to change of a tenant: what is left out stays, null clears."));
        document.getPaths().values().stream()
                .filter(path -> path.getPatch() != null)
                .forEach(path -> path.getPatch()
                        .getRequestBody()
                        .getContent()
                        .values()
                        .forEach(media -> media.setSchema(new Schema<>().$ref("#/components/schemas/" + NAME))));
    }

    private static Schema<?> patchOf(Schema<?> whole) {
        Schema<?> patch = new ObjectSchema();
        patch.setTypes(new LinkedHashSet<>(List.of("object")));
        Map<String, ?> properties = whole.getProperties();
        properties.forEach((name, property) -> patch.addProperty(name, nullable((Schema<?>) property)));
        return patch;
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
