package com.misybot.tenancy.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The table of settings is made from the metadata that the settings records themselves produce. */
class ConfigurationTableTests {

    @Test
    void listsEverySettingWithItsMeaning() throws IOException {
        var table = new StringBuilder("| setting | environment | default | meaning |\n|---|---|---|---|\n");
        var properties = new TreeMap<String, JsonNode>();
        metadata()
                .get("properties")
                .forEach(property -> properties.put(property.get("name").asString(), property));
        properties.forEach((name, property) -> {
            assertThat(property.path("description").asString(""))
                    .as("the meaning of " + name)
                    .isNotBlank();
            table.append("| `%s` | `%s` | %s | %s |\n"
                    .formatted(name, environment(name), defaultOf(property), meaning(property)));
        });
        Document.part("README.md", "settings").requireSameAs(table.toString());
    }

    private static JsonNode metadata() throws IOException {
        return JsonMapper.shared()
                .readTree(new ClassPathResource("META-INF/spring-configuration-metadata.json")
                        .getContentAsString(StandardCharsets.UTF_8));
    }

    /** How Spring Boot reads a setting from the environment: upper case, dots as underscores, no hyphens. */
    private static String environment(String name) {
        return name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private static String defaultOf(JsonNode property) {
        var value = property.path("defaultValue");
        if (value.isMissingNode()) {
            return "";
        }
        return "`"
                + (value.isArray()
                        ? String.join(
                                ", ",
                                value.valueStream().map(JsonNode::asString).toList())
                        : value.asString())
                + "`";
    }

    private static String meaning(JsonNode property) {
        return property.get("description")
                .asString()
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replace("|", "\\|")
                .replaceAll("\\s+", " ");
    }
}
