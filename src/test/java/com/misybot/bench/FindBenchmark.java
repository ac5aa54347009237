package com.misybot.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lists and searches as many at a time as connections: against equal bodies from memory, and against the SQL alone. */
record FindBenchmark(ServiceProcess service, Registry registry, Options options, Results results) {

    private static final int QUESTIONS = 20;

    void list() {
        compare("list, 50 tenants a page", List.of(Questions.LIST));
    }

    void search() {
        var known = registry.some(QUESTIONS);
        compare("search by a prefix", known.stream().map(Questions::prefix).toList());
        compare("search with a typo", known.stream().map(Questions::typo).toList());
    }

    private void compare(String figure, List<String> paths) {
        var kept = figure.replaceAll("[^a-z]+", "-");
        var scripts = new ArrayList<Path>();
        try (var log = new StatementLog(service.database())) {
            for (var path : paths) {
                service.keepBare(kept + scripts.size(), service.get(path));
                scripts.add(log.script(kept + scripts.size(), () -> service.get(path)));
            }
            service.get(paths.getFirst());
            results.statements(figure, log.of(() -> service.get(paths.getFirst())));
        }
        var fromMemory = new ArrayList<String>();
        for (var i = 0; i < paths.size(); i++) {
            fromMemory.add("/memory/" + kept + i);
        }
        var connections = options.connections();
        var samples = Sample.compare(
                options,
                service.load(connections).get(registry.paths(kept, paths)),
                service.bareLoad(connections).get(registry.paths(kept + "bare", fromMemory)),
                new Pgbench(service.database(), "tenancy_platform", connections).scripts(scripts, Map.of()));
        var found = samples.getFirst().perSecond();
        results.rate(
                figure, found, "bare: equal bodies from memory", samples.get(1).perSecond());
        results.rate(
                figure, found, "pgbench: the same statements", samples.get(2).perSecond());
    }
}
