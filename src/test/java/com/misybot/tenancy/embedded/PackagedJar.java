package com.misybot.tenancy.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The jar as it is shipped, in a process of its own with nothing in its environment but what a test gives it. */
final class PackagedJar {

    private PackagedJar() {}

    static Path path() {
        var jar = Path.of(System.getProperty("tenancy.jar")).toAbsolutePath();
        assertThat(jar).exists();
        return jar;
    }

    static ProcessBuilder command(Path directory, Map<String, String> environment) {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        path().toString())
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("SPRING_") || name.startsWith("TENANCY_"));
        builder.environment().putAll(environment);
        return builder;
    }

    /**
     * A PostgreSQL for the jar, in a new directory. It is one that keeps its data, because that ends with its lease: one that is
     * thrown away ends with a Spring application, which there is none of in the JVM of these tests.
     */
    static EngineLease postgres(Path directory) {
        return Engines.lease(new EmbeddedSettings(true, directory, true), List.of(EngineKind.POSTGRESQL));
    }

    /** The settings of a PostgreSQL with its roles and a root secret, by which the service starts. */
    static Map<String, String> environment(EngineLease postgres) {
        var environment = new HashMap<String, String>();
        postgres.properties()
                .forEach((name, value) ->
                        environment.put(name.toUpperCase(Locale.ROOT).replace('.', '_'), value));
        environment.put(
                "TENANCY_KEYRING_ROOTFILE",
                postgres.data().secretFile("root.key", 32).toString());
        return environment;
    }

    /** What a start says that ends with exit code 78. */
    static String outputOfFailing(Path directory, Map<String, String> environment) throws Exception {
        var process = command(directory, environment).start();
        try {
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(output).isEqualTo(78);
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
