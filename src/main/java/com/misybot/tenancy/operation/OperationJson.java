package com.misybot.tenancy.operation;

import com.misybot.tenancy.kernel.OneTimeSecret;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** How input, result, error and steps are kept. A secret that is shown once is kept as null. */
final class OperationJson {

    private static final TypeReference<List<Step>> STEPS = new TypeReference<>() {};

    private final JsonMapper json;

    OperationJson(JsonMapper json) {
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .addModule(new SimpleModule("withheld").addSerializer(OneTimeSecret.class, new Withheld()))
                .build();
    }

    @Nullable
    String write(@Nullable Object value) {
        return value == null ? null : json.writeValueAsString(value);
    }

    @Nullable
    JsonNode tree(@Nullable Object value) {
        return value == null ? null : json.readTree(json.writeValueAsBytes(value));
    }

    <T> @Nullable T read(@Nullable String text, Class<T> type) {
        return text == null ? null : json.readValue(text, type);
    }

    List<Step> steps(String text) {
        return json.readValue(text, STEPS);
    }

    private static final class Withheld extends ValueSerializer<OneTimeSecret> {
        @Override
        public void serialize(OneTimeSecret secret, JsonGenerator generator, SerializationContext context) {
            generator.writeNull();
        }
    }
}
