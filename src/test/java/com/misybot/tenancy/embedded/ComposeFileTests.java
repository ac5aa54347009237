package com.misybot.tenancy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What can be said of docker-compose.yml without a Docker daemon. */
class ComposeFileTests {

    @TempDir
    Path secrets;

    @Test
    void hasASecretOfTheScriptForEachPasswordAndNoneInTheFile() throws Exception {
        var made = make();
        var text = Files.readString(Path.of("docker-compose.yml"));
        var compose = new Yaml().<Map<String, Map<String, Map<String, Object>>>>load(text);
        var declared = compose.getOrDefault("secrets", Map.of());

        assertThat(declared.keySet()).containsExactlyInAnyOrderElementsOf(made.keySet());
        declared.forEach(
                (name, secret) -> assertThat(secret).containsExactly(Map.entry("file", "docker/secrets/" + name)));
        compose.getOrDefault("services", Map.of()).forEach((name, service) -> {
            assertThat(made.keySet())
                    .as(name)
                    .containsAll(((List<?>) service.getOrDefault("secrets", List.of()))
                            .stream().map(Object::toString).toList());
            assertThat(((Map<?, ?>) service.getOrDefault("environment", Map.of())).keySet())
                    .as(name)
                    .noneMatch(variable -> variable.toString().matches(".*(PASSWORD|SECRET|KEY|ROOT)"));
        });
        assertThat(made.values()).allMatch(value -> value.matches("[0-9a-f]{48}|[0-9a-f]{64}"));
        assertThat(text).doesNotContain(made.values());
    }

    @Test
    void keepsSecretsThatExist() throws Exception {
        assertThat(make()).isEqualTo(make());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
                .isEqualTo("rwx------");
    }

    private Map<String, String> make() throws IOException, InterruptedException {
        var process = new ProcessBuilder("docker/secrets.sh", secrets.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        var made = new TreeMap<String, String>();
        try (var files = Files.list(secrets)) {
            for (var file : (Iterable<Path>) files::iterator) {
                made.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return made;
    }
}
