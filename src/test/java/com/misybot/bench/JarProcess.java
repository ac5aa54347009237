package com.misybot.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The shipped jar, taken apart as the image does it, on the stores of another service. */
record JarProcess(Process process, int port) implements AutoCloseable {

    /** Starts it; {@code environment} is what it is told besides where the stores are. */
    static JarProcess start(ServiceProcess stores, Map<String, String> environment) {
        var jar = Path.of("target/tenancy-0.1.0-SNAPSHOT.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException("There is no jar: ./mvnw package -DskipTests makes it");
        }
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var taken = Path.of("target/bench/jar");
        Command.output(
                Map.of(),
                List.of(
                        java,
                        "-Djarmode=tools",
                        "-jar",
                        jar.toString(),
                        "extract",
                        "--force",
                        "--destination",
                        taken.toString()));
        var command = List.of(
                java,
                "@docker/little-memory.options",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                taken.resolve(jar.getFileName()).toString());
        var port = ServiceProcess.freePort();
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target/bench/jar.log").toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        builder.environment().putAll(stores.environment());
        builder.environment().put("SERVER_PORT", Integer.toString(port));
        var management = ServiceProcess.freePort();
        builder.environment().put("MANAGEMENT_SERVER_PORT", Integer.toString(management));
        // as the image sets it: with more arenas malloc keeps what many threads have given back
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        builder.environment().put("TENANCY_CONTEXT_LIMIT_CALLERRATE", "1000000");
        builder.environment().putAll(environment);
        try {
            var started = new JarProcess(builder.start(), port);
            stores.await("http://127.0.0.1:" + management + "/actuator/health/readiness", started.process());
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Bytes of the machine's memory that it has now. */
    double resident() {
        return status("VmRSS:");
    }

    /** Bytes of the machine's memory that it had at most. */
    double highest() {
        return status("VmHWM:");
    }

    private double status(String field) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith(field))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
