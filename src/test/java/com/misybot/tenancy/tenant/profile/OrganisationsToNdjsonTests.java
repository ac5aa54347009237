package com.misybot.tenancy.tenant.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.kernel.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the conversion as its reader would: from its source, in a process of its own. */
@Execution(ExecutionMode.CONCURRENT)
class OrganisationsToNdjsonTests {

    private static final Path FIXTURE = Path.of("src/test/resources/organisations.json");

    private static List<JsonNode> lines = List.of();

    @BeforeAll
    static void convertOnce() throws Exception {
        lines = convert("en");
    }

    @Test
    void makesALineForEachOrganisationWithATenantIdOfItsOwn() {
        assertThat(lines.stream().map(line -> line.path("tenantId").asString()))
                .containsExactly(
                        "fundacao-herminio-ometto",
                        "kings-college",
                        "kings-college-gb",
                        "kings-college-2",
                        "dong-jing-da-xue",
                        "lodz-strasse-orsted-istanbul-isparta",
                        "www-only-domain-example",
                        "an-institute-whose-name-goes-on-and-on-until-nobody-remembers")
                .allSatisfy(slug -> assertThat(new TenantId(slug)).hasToString(slug));
        assertThat(lines.get(0)).isEqualTo(JsonMapper.shared().readTree("""
                                        {"tenantId":"fundacao-herminio-ometto",
                                         "business":{"name":"Fundação Hermínio Ometto","website":"https://www.fho.example/","country":"BR"},
                                         "plan":"standard","allowedOrigins":["https://fho.example"],
                                         "labels":{"source":"organisations","state-province":"São Paulo"}}"""));
        assertThat(lines.get(1).path("allowedOrigins").toString())
                .isEqualTo("[\"https://kings.example\",\"https://kcl.example\"]");
        assertThat(lines.get(2).path("business").has("website")).isFalse();
    }

    @Test
    void leavesMistakesForTheImportToRefuse() {
        assertThat(lines.get(3).path("allowedOrigins").toString()).isEqualTo("[\"https://under_score.example\"]");
    }

    @Test
    void givesTheSameLinesInEveryLanguageOfTheMachine() throws Exception {
        assertThat(convert("tr")).isEqualTo(lines);
    }

    private static List<JsonNode> convert(String language) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var program =
                Path.of("bench", "organisations", "OrganisationsToNdjson.java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-Duser.language=" + language,
                        "-cp",
                        System.getProperty("java.class.path"),
                        program,
                        FIXTURE.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = process.getInputStream()) {
            var lines = new String(output.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(JsonMapper.shared()::readTree)
                    .toList();
            assertThat(process.waitFor()).isZero();
            return lines;
        }
    }
}
