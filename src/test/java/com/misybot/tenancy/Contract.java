package com.misybot.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The committed OpenAPI document, which every answer that {@link Api} gets is held against. */
final class Contract {

    private static final String HERE = "https://contract.test/openapi.json";
    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]+}");

    private final JsonNode document;
    private final SchemaRegistry schemas;

    private Contract(String json) {
        this.document = JsonMapper.shared().readTree(json);
        // formats are not asserted: the validator knows no e-mail address in a reserved domain
        this.schemas =
                SchemaRegistry.withDialect(Dialects.getOpenApi31(), builder -> builder.schemas(Map.of(HERE, json)));
    }

    private static final class Committed {
        static final Contract CONTRACT = new Contract(read());

        private static String read() {
            try {
                return Files.readString(Path.of("docs/openapi.json"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Fails where an answer to an operation of the contract has a status, a media type or a body that it does not name. */
    static void check(String method, String path, HttpResponse<String> answer) {
        Committed.CONTRACT.operation(method, path).ifPresent(operation -> Committed.CONTRACT.check(operation, answer));
    }

    private Optional<JsonNode> operation(String method, String path) {
        var asked = path.replaceFirst("[?#].*", "");
        return document.path("paths").properties().stream()
                // a literal segment comes before a variable
                .sorted((one, other) ->
                        one.getKey().replace('{', '~').compareTo(other.getKey().replace('{', '~')))
                .filter(entry -> asked.matches(VARIABLE.matcher(entry.getKey()).replaceAll("[^/]+")))
                .map(Map.Entry::getValue)
                .findFirst()
                .map(item -> item.get(method.toLowerCase(Locale.ROOT)));
    }

    private void check(JsonNode operation, HttpResponse<String> answer) {
        var asked = answer.request().method() + " " + answer.request().uri();
        var responses = operation.path("responses");
        var response = resolve(responses.path(Integer.toString(answer.statusCode())));
        assertThat(response.isMissingNode())
                .as("%s answers %d, which is not among %s", asked, answer.statusCode(), responses.propertyNames())
                .isFalse();
        if (answer.body().isEmpty()) {
            return;
        }
        var type = MediaType.parseMediaType(
                answer.headers().firstValue("Content-Type").orElse("*/*"));
        var name = type.getType() + "/" + type.getSubtype();
        var content = response.path("content").path(name);
        assertThat(content.isMissingNode())
                .as(
                        "%s answers %s, which is not among %s",
                        asked, name, response.path("content").propertyNames())
                .isFalse();
        var schema = content.path("schema").path("$ref").asString("");
        if (!schema.isEmpty() && name.endsWith("json")) {
            // of a stream, each line is what the schema describes
            var bodies = name.endsWith("ndjson") ? answer.body().lines() : Stream.of(answer.body());
            var held = schemas.getSchema(SchemaLocation.of(HERE + schema));
            bodies.forEach(body -> assertThat(held.validate(body, InputFormat.JSON))
                    .as("%s answers %s", asked, body)
                    .isEmpty());
        }
    }

    private JsonNode resolve(JsonNode response) {
        var reference = response.path("$ref").asString("");
        return reference.isEmpty() ? response : document.at(reference.substring(1));
    }
}
