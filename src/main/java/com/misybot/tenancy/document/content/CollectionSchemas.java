package com.misybot.tenancy.document.content;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.base.CaseFormat;
import com.google.re2j.Pattern;
import com.misybot.tenancy.web.FieldError;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.PathType;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The schemas of collections, ready to be asked. Nothing is fetched from anywhere; patterns are those of RE2, which takes time in
 * proportion to the text whatever the pattern. {@link SchemaRules} has seen every schema before.
 */
@Component
class CollectionSchemas {

    /** Errors that are told of one document. */
    private static final int MOST_ERRORS = 20;

    /** Characters of all schemas that are kept ready; each takes some ten times that. */
    private static final int KEPT = 2_000_000;

    private static final int AT_LEAST = 512;

    private final Cache<String, Schema> ready = Caffeine.newBuilder()
            .maximumWeight(KEPT)
            .weigher((String text, Schema _) -> AT_LEAST + text.length())
            .build();
    private final JsonMapper json;
    private final SchemaRegistry registry;

    CollectionSchemas(JsonMapper json) {
        this.json = json;
        var config = SchemaRegistryConfig.builder()
                .regularExpressionFactory(text -> {
                    var pattern = Pattern.compile(text);
                    return value -> pattern.matcher(value).find();
                })
                .pathType(PathType.JSON_POINTER)
                .locale(Locale.ENGLISH)
                .formatAssertionsEnabled(false)
                .build();
        this.registry = SchemaRegistry.withDialect(
                Dialects.getDraft202012(),
                builder -> builder.schemaRegistryConfig(config)
                        .schemaCacheEnabled(false)
                        .schemaLoader(loader -> loader.fetchRemoteResources(false)));
    }

    /** What a document has that its schema does not allow. */
    List<FieldError> errors(String schema, JsonNode document) {
        return Objects.requireNonNull(ready.get(schema, this::compile)).validate(document).stream()
                .limit(MOST_ERRORS)
                .map(CollectionSchemas::fieldError)
                .toList();
    }

    /** Makes a schema ready; raises whatever its library raises for one that is none. */
    Schema compile(String schema) {
        var compiled = registry.getSchema(json.readTree(schema));
        compiled.initializeValidators();
        return compiled;
    }

    /** The library's sentences name the rule and never the value that broke it. */
    private static FieldError fieldError(Error error) {
        return new FieldError(
                error.getInstanceLocation().toString(),
                code(Objects.requireNonNullElse(error.getKeyword(), "schema")),
                "The schema of the collection does not allow this: " + rule(error) + ".");
    }

    /** A keyword as codes are written: {@code min_length}. */
    private static String code(String keyword) {
        return CaseFormat.LOWER_CAMEL.to(CaseFormat.LOWER_UNDERSCORE, keyword);
    }

    private static String rule(Error error) {
        var property = error.getProperty();
        return property == null ? error.getKeyword() : error.getKeyword() + " of " + property;
    }
}
