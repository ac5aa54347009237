package com.misybot.bench;

import com.misybot.tenancy.audit.MadeTrail;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** What it costs to be told of, and how long a trail may be before it is felt. */
record TrailBenchmark(ServiceProcess service, Options options, Results results) {

    private static final int CHAINS = 1_000;
    private static final int SHORT = 100;

    /** Writing: one chain, a thousand, and the rows alone. */
    void append() {
        var threads = options.connections();
        var samples = Sample.compare(
                options,
                changes(1, threads),
                changes(CHAINS, threads),
                new Pgbench(service.database(), "tenancy_tenant", threads)
                        .scripts(List.of(Path.of("bench/sql/append.sql")), Map.of("n", 0, "chains", CHAINS)));
        results.rate(
                "changes of one tenant, entry and event", samples.getFirst().perSecond(), 800);
        results.rate(
                "changes of 1,000 tenants, entry and event",
                samples.get(1).perSecond(),
                "pgbench: the same rows",
                samples.getLast().perSecond(),
                0.6);
    }

    private Sample.Load changes(int chains, int threads) {
        return duration -> {
            var told = Long.parseLong(service.getBare(
                    "/changes?chains=%d&threads=%d&millis=%d".formatted(chains, threads, duration.toMillis())));
            return new Sample(told * 1e3 / duration.toMillis(), 0, 0, 0);
        };
    }

    /** Reading: what is verified, and the first page. */
    void read(Registry registry) {
        var known = registry.some(3);
        var longest = known.get(0);
        var other = known.get(1);
        var few = known.get(2);
        make(longest, options.entries());
        make(other, options.entries() / 5);
        make(few, SHORT);
        service.database().run("vacuum analyze audit_entry", "checkpoint");

        for (var tenant : List.of(few, other)) {
            verify(tenant); // compiles it
        }
        var took = verify(longest);
        results.rate(
                "verified, of a trail of %,d entries".formatted(options.entries()),
                options.entries() * 1e9 / took.toNanos(),
                100_000);

        var one = service.load(1);
        var samples = Sample.compare(
                options,
                one.get(registry.paths("long-trail", List.of(path(other)))),
                one.get(registry.paths("short-trail", List.of(path(few)))));
        results.latency(
                "first page, of a trail of %,d entries, p95".formatted(options.entries() / 5),
                samples.getFirst().p95(),
                "of " + SHORT,
                samples.getLast().p95(),
                1.5);
    }

    private static String path(Registry.Known tenant) {
        return "/api/v1/tenants/" + tenant.tenantId() + "/audit";
    }

    private void make(Registry.Known tenant, int entries) {
        var id = UUID.fromString(
                service.database().value("select id from tenant where tenant_id = '" + tenant.tenantId() + "'"));
        try (var connection = service.database().connect("postgres")) {
            new MadeTrail(id).write(connection, entries);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Duration verify(Registry.Known tenant) {
        var began = System.nanoTime();
        var verdict = JsonMapper.shared().readTree(service.get(path(tenant) + "/verify"));
        if (!verdict.at("/valid").asBoolean()) {
            throw new IllegalStateException(verdict.toString());
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
