package com.misybot.tenancy.web.json;

import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/** The one place where Jackson is set up: nothing unknown, nothing coerced. */
final class StrictJson implements JsonMapperBuilderCustomizer {

    private static final List<CoercionInputShape> SCALARS = List.of(
            CoercionInputShape.Integer,
            CoercionInputShape.Float,
            CoercionInputShape.Boolean,
            CoercionInputShape.String,
            CoercionInputShape.EmptyString);

    @Override
    public void customize(JsonMapper.Builder mapper) {
        mapper.enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
                        DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .withCoercionConfig(
                        LogicalType.Textual,
                        config -> List.of(
                                        CoercionInputShape.Integer,
                                        CoercionInputShape.Float,
                                        CoercionInputShape.Boolean)
                                .forEach(shape -> config.setCoercion(shape, CoercionAction.Fail)))
                .withCoercionConfig(LogicalType.POJO, config -> refuse(config, SCALARS))
                .addModule(values());
    }

    private static void refuse(
            tools.jackson.databind.cfg.MutableCoercionConfig config, List<CoercionInputShape> shapes) {
        shapes.forEach(shape -> config.setCoercion(shape, CoercionAction.Fail));
    }

    private static SimpleModule values() {
        return new SimpleModule("tenancy")
                .addDeserializer(Instant.class, new Text<>(Instant.class, StrictValues::instant))
                .addDeserializer(Duration.class, new Text<>(Duration.class, StrictValues::duration))
                .addDeserializer(UUID.class, new Text<>(UUID.class, StrictValues::uuid))
                .addDeserializer(TenantId.class, new Text<>(TenantId.class, TenantId::new))
                .addDeserializer(SiteId.class, new Text<>(SiteId.class, SiteId::new))
                .addSerializer(TenantId.class, new Plain<>(TenantId::value))
                .addSerializer(SiteId.class, new Plain<>(SiteId::value))
                .addSerializer(OneTimeSecret.class, new Plain<>(OneTimeSecret::value));
    }

    /** Reads a value from a JSON string and from nothing else. */
    private static final class Text<T> extends ValueDeserializer<T> {

        private final Class<T> type;
        private final Function<String, T> reading;

        Text(Class<T> type, Function<String, T> reading) {
            this.type = type;
            this.reading = reading;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                return context.reportInputMismatch(type, "not a string");
            }
            return reading.apply(parser.getString());
        }
    }

    private static final class Plain<T> extends ValueSerializer<T> {

        private final Function<T, String> text;

        Plain(Function<T, String> text) {
            this.text = text;
        }

        @Override
        public void serialize(T value, JsonGenerator generator, SerializationContext context) {
            generator.writeString(text.apply(value));
        }
    }
}
