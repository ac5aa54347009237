package com.misybot.tenancy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
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
        var compose = compose();
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
    void letsTheServiceEndWhatItHasBegun() throws IOException {
        var phase = Duration.ofSeconds(30); // spring.lifecycle.timeout-per-shutdown-phase
        var jobs = Duration.ofSeconds(10); // tenancy.operation.job.shutdown-wait, twice
        var grace = service("service").getOrDefault("stop_grace_period", "10s").toString();

        assertThat(Duration.parse("PT" + grace)).isGreaterThan(phase.plus(jobs).plus(jobs));
    }

    @Test
    void namesEveryVolumeOfItsImages() throws IOException {
        var paths = Map.of(
                "postgres", List.of("/var/lib/postgresql"),
                "redis", List.of("/data"),
                "mongodb", List.of("/data/db", "/data/configdb"));
        var named = compose().getOrDefault("volumes", Map.of()).keySet();

        for (var store : paths.entrySet()) {
            var mounted = (List<?>) service(store.getKey()).getOrDefault("volumes", List.of());
            assertThat(store.getValue())
                    .allSatisfy(path -> assertThat(named).anyMatch(name -> mounted.contains(name + ":" + path)));
        }
    }

    @Test
    void sendsMailsToAServiceOfItsOwnWithLinksThatLeadBack() throws IOException {
        var environment = (Map<?, ?>) service("service").getOrDefault("environment", Map.of());

        assertThat(service(String.valueOf(environment.get("SPRING_MAIL_HOST")))).containsKey("image");
        assertThat(environment.get("TENANCY_PUBLICURL")).isEqualTo("http://localhost:8080");
        assertThat(service("mailpit").get("ports")).isEqualTo(List.of("127.0.0.1:8025:8025"));
    }

    @Test
    void keepsSecretsThatExist() throws Exception {
        assertThat(make()).isEqualTo(make());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
                .isEqualTo("rwx------");
    }

    private static Map<String, Map<String, Map<String, Object>>> compose() throws IOException {
        return new Yaml().load(Files.readString(Path.of("docker-compose.yml")));
    }

    private static Map<String, Object> service(String name) throws IOException {
        return compose().getOrDefault("services", Map.of()).getOrDefault(name, Map.of());
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
