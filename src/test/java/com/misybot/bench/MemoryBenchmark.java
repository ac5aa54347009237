package com.misybot.bench;

import java.nio.file.Path;
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
        try (var jar = JarProcess.start(stores, Map.of())) {
            var load = new Wrk(jar.url(), stores.key(), options.connections())
                    .get(registry.paths("resolve-jar", known, ContextBenchmark::path));
            load.run(options.warmUp());
            load.run(options.duration());
            results.memory("resident, production jar, -Xmx192m, under load", jar.resident(), 400 * MEGA);
            results.memory("…, at its highest", jar.highest(), 400 * MEGA);
        }
    }
}
