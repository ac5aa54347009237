package com.misybot.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What contexts take in the heap, and what the shipped jar takes of the machine while it resolves them. */
record MemoryBenchmark(Options options, Results results) {

    private static final Pattern BYTES = Pattern.compile("BYTES (\\d+)");
    private static final double MEGA = 1e6;

    void run() {
        contexts();
        try (var stores = ServiceProcess.start("stores", List.of("-Xmx512m"), List.of())) {
            resident(stores);
        }
    }

    private void contexts() {
        var output = Command.output(
                Map.of(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.misybot.tenancy.context.ContextMemory",
                        "100000"));
        var found = BYTES.matcher(output);
        if (!found.find()) {
            throw new IllegalStateException(output);
        }
        results.memory("100,000 contexts of 3 origins in the process", Double.parseDouble(found.group(1)), 80 * MEGA);
    }

    /** The jar on the stores of another process, so that what it takes is its own. */
    private void resident(ServiceProcess stores) {
        var registry = new Registry(stores);
        registry.grow(1, options.distinct());
        var known = registry.some(options.distinct() * 4 / 5);
        try (var jar = JarProcess.start(stores)) {
            var load = new Wrk(jar.url(), stores.key(), options.connections())
                    .get(registry.paths("resolve-jar", known, ContextBenchmark::path));
            load.run(options.warmUp());
            load.run(options.duration());
            results.memory("resident, production jar, -Xmx192m, under load", jar.resident(), 400 * MEGA);
        }
    }

    /** The shipped jar. */
    private record JarProcess(Process process, int port) implements AutoCloseable {

        static JarProcess start(ServiceProcess stores) {
            var jar = Path.of("target/tenancy-0.1.0-SNAPSHOT.jar");
            if (!Files.exists(jar)) {
                throw new IllegalStateException("There is no jar: ./mvnw package -DskipTests makes it");
            }
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx192m"));
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-jar", jar.toString()));
            var port = ServiceProcess.freePort();
            var builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Path.of("target/bench/jar.log").toFile());
            builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
            builder.environment().putAll(stores.environment());
            builder.environment().put("SERVER_PORT", Integer.toString(port));
            builder.environment().put("MANAGEMENT_SERVER_PORT", Integer.toString(ServiceProcess.freePort()));
            builder.environment().put("TENANCY_CONTEXT_LIMIT_CALLERRATE", "1000000");
            try {
                var started = new JarProcess(builder.start(), port);
                stores.await(started.url() + "/v3/api-docs", started.process());
                return started;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String url() {
            return "http://127.0.0.1:" + port;
        }

        double resident() {
            try {
                return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
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
}
