package com.misybot.bench;

import java.nio.file.Path;

/** Measures what the options ask for and prints one table. {@code bench/run} starts it. */
final class Bench {

    private static final String HEAP = "-Xmx512m";

    private Bench() {}

    public static void main(String[] args) {
        var options = Options.of(args);
        var results = new Results();
        if (options.wants("import")) {
            try (var service = ServiceProcess.start("import", "-Xmx256m")) {
                new ImportBenchmark(service, options, results).run();
            }
        }
        if (options.wants("create")) {
            try (var service = ServiceProcess.start("create", HEAP)) {
                registry(service, options);
                new CreateBenchmark(service, options, results).run();
            }
        }
        try (var service = ServiceProcess.start("find", HEAP)) {
            var registry = registry(service, options);
            if (options.wants("read")) {
                new ReadBenchmark(service, registry, options, results).run();
            }
            if (options.wants("list")) {
                new FindBenchmark(service, registry, options, results).list();
            }
            if (options.wants("search")) {
                new FindBenchmark(service, registry, options, results).search();
            }
            if (options.wants("scale")) {
                new ScaleBenchmark(service, registry, options, results).run();
            }
            results.write(options, service.database());
        }
        System.out.println("\n" + results.table());
    }

    private static Registry registry(ServiceProcess service, Options options) {
        var registry = new Registry(service.database(), Path.of("target/bench"));
        registry.grow(1, options.small());
        return registry;
    }
}
