package com.misybot.bench;

import java.util.ArrayList;
import java.util.List;

/** Measures what the options ask for and prints one table. {@code bench/run} starts it. */
final class Bench {

    /** All of it at once: a heap that grows little by little is marked again and again. */
    private static final String[] HEAP = {"-Xms512m", "-Xmx512m"};

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
            try (var service = ServiceProcess.start("create", List.of(HEAP), CreateBenchmark.SETTINGS)) {
                registry(service, options.small());
                new CreateBenchmark(service, options, results).run();
            }
        }
        if (options.wants("provisioning")) {
            try (var service = ServiceProcess.start("provisioning", HEAP)) {
                new ProvisioningBenchmark(service, registry(service, options.small()), options, results).run();
            }
        }
        if (options.wants("resolve") || options.wants("introspect")) {
            try (var service = ServiceProcess.start("context", List.of(HEAP), ContextBenchmark.SETTINGS)) {
                new ContextBenchmark(service, registry(service, options.distinct() * 5 / 4), options, results).run();
            }
        }
        if (options.wants("propagation")) {
            try (var service = ServiceProcess.start("propagation", List.of(HEAP), ContextBenchmark.SETTINGS)) {
                new PropagationBenchmark(service, options, results).run();
            }
        }
        if (options.wants("isolation")) {
            try (var service = ServiceProcess.start("isolation", HEAP)) {
                new IsolationBenchmark(service, options, results).run();
            }
        }
        if (options.wants("told")) {
            told(options, results);
        }
        if (options.wants("trail")) {
            try (var service = ServiceProcess.start("trail", "-Xmx256m")) {
                new TrailBenchmark(service, options, results).read(registry(service, options.small()));
            }
        }
        if (options.wants("feed")) {
            try (var service = ServiceProcess.start("feed", HEAP)) {
                new FeedBenchmark(service, options, results).run();
            }
        }
        if (options.wants("webhooks")) {
            try (var service = ServiceProcess.start("webhooks", List.of(HEAP), WebhookBenchmark.SETTINGS)) {
                new WebhookBenchmark(service, options, results).run();
            }
        }
        if (options.wants("start")) {
            new StartBenchmark(options, results).run();
        }
        if (options.wants("memory")) {
            new MemoryBenchmark(options, results).run();
        }
        try (var service = ServiceProcess.start("find", HEAP)) {
            var registry = registry(service, options.small());
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
                scale(registry, options, results);
            }
            results.write(options, service.database());
        }
        System.out.println("\n" + results.table());
    }

    private static void told(Options options, Results results) {
        var untelling = new ArrayList<>(CreateBenchmark.SETTINGS);
        untelling.add(BenchedService.without("trail"));
        untelling.add(BenchedService.without("eventWriter"));
        try (var told = ServiceProcess.start("told", List.of(HEAP), CreateBenchmark.SETTINGS);
                var untold = ServiceProcess.start("untold", List.of(HEAP), untelling)) {
            new ToldBenchmark(told, untold, options, results).run();
        }
        var unmirrored = List.of(BenchedService.without("contextChanges"));
        try (var service = ServiceProcess.start("chains", List.of(HEAP), unmirrored)) {
            new TrailBenchmark(service, options, results).append();
        }
    }

    private static void scale(Registry few, Options options, Results results) {
        try (var service = ServiceProcess.start("many", HEAP)) {
            var many = registry(service, options.large());
            new ScaleBenchmark(few, many, options, results).run();
        }
    }

    private static Registry registry(ServiceProcess service, int tenants) {
        var registry = new Registry(service);
        registry.grow(1, tenants);
        return registry;
    }
}
