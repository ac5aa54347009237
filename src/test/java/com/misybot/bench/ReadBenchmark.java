package com.misybot.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A tenant read by its tenantId, with an API key. */
record ReadBenchmark(ServiceProcess service, Registry registry, Options options, Results results) {

    private static final int TENANTS = 2_000;
    private static final int SCRIPTS = 20;
    static final String PATH = "/api/v1/tenants/";

    void run() {
        var known = registry.some(TENANTS);
        var one = known.getFirst().tenantId();
        requireEqualBodies(one);
        service.keepBare("tenant", service.get(PATH + one));
        var connections = options.connections();
        var bare = service.bareLoad(connections);
        var samples = Sample.compare(
                options,
                service.load(connections).get(registry.paths("read", known, tenant -> PATH + tenant.tenantId())),
                bare.get(registry.paths("bare-three", known, tenant -> "/scope-select-commit/" + tenant.tenantId())),
                bare.get(registry.paths("bare-two", known, tenant -> "/select-commit/" + tenant.tenantId())),
                bare.get(registry.paths("bare-one", known, tenant -> "/select/" + tenant.tenantId())),
                bare.get(registry.paths("bare-none", List.of("/memory/tenant"))),
                pgbench(known));
        var read = samples.getFirst().perSecond();
        results.rate("read", read, "bare: scope, select, commit", samples.get(1).perSecond(), 0.45);
        results.rate("read", read, "bare: select, commit", samples.get(2).perSecond());
        results.rate("read", read, "bare: one autocommit select", samples.get(3).perSecond());
        results.rate(
                "read", read, "bare: an equal body from memory", samples.get(4).perSecond());
        results.rate(
                "read", read, "pgbench: the same statements", samples.get(5).perSecond());
    }

    private Sample.Load pgbench(List<Registry.Known> known) {
        var scripts = new ArrayList<java.nio.file.Path>();
        try (var log = new StatementLog(service.database())) {
            for (var i = 0; i < SCRIPTS; i++) {
                var tenantId = known.get(i).tenantId();
                // within the second in which the key is remembered
                service.get(PATH + tenantId);
                scripts.add(log.script("read-" + i, () -> service.get(PATH + tenantId)));
            }
            var one = known.getFirst().tenantId();
            service.get(PATH + one);
            results.statements("read", log.of(() -> service.get(PATH + one)));
            var bare = "/scope-select-commit/" + one;
            results.statements("bare: scope, select, commit", log.of(() -> service.getBare(bare)));
        }
        return new Pgbench(service.database(), "tenancy_platform", options.connections()).scripts(scripts, Map.of());
    }

    private void requireEqualBodies(String tenantId) {
        var json = JsonMapper.shared();
        var ours = json.readTree(service.get(PATH + tenantId));
        var bare = json.readTree(service.getBare("/scope-select-commit/" + tenantId));
        if (!ours.equals(bare)) {
            throw new IllegalStateException("The bodies differ:\n" + ours + "\n" + bare);
        }
    }
}
