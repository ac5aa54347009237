package com.misybot.bench;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import tools.jackson.databind.json.JsonMapper;

/** Sites resolved and sessions introspected: the paths that a request of a widget takes. */
record ContextBenchmark(ServiceProcess service, Registry registry, Options options, Results results) {

    private static final int WARM = 500;
    private static final int SESSIONS = 10_000;
    private static final int PIPELINED = 1_000;

    /** What holds about 10,000 contexts of the benchmark's tenants. */
    static final List<String> SETTINGS =
            List.of("--tenancy.context.cache=6600KB", "--tenancy.context.limit.caller-rate=1000000");

    void run() {
        service.database()
                .run(
                        "update plan set limits = limits || '{\"resolvesPerSecond\":1000000,"
                                + "\"introspectionsPerSecond\":1000000,\"sessionStartsPerMinute\":100000,\"sessions\":1000000}'");
        mirrored();
        if (options.wants("resolve")) {
            warm();
            distinct();
        }
        if (options.wants("introspect")) {
            sessions();
        }
    }

    private void mirrored() {
        var started = service.post("/api/v1/context/mirror/rebuild", "{}");
        var operation = "/api/v1/operations/"
                + JsonMapper.shared().readTree(started).at("/operationId").asString();
        while (!service.get(operation + "?").contains("SUCCEEDED")) {
            ServiceProcess.pause();
        }
    }

    static String path(Registry.Known tenant) {
        return "/api/v1/context?siteId=" + tenant.siteId() + "&origin=https://" + tenant.host();
    }

    /** Whatever is asked for is in the process, or has been a second ago. */
    private void warm() {
        var known = registry.some(WARM);
        service.keepBare("context", service.get(path(known.getFirst())));
        var connections = options.connections();
        var samples = Sample.compare(
                options,
                service.load(connections).get(registry.paths("resolve", known, ContextBenchmark::path)),
                service.bareLoad(connections).get(registry.paths("bare-context", List.of("/memory/context"))));
        var ours = samples.getFirst();
        var bare = samples.getLast();
        results.rate("resolve, warm", ours.perSecond(), "bare: an equal body from memory", bare.perSecond(), 0.65);
        results.latency("resolve, warm, p99 with 8 connections", ours.p99(), "bare", bare.p99(), 2);
    }

    /** Uniform over many more tenants than the process holds. */
    private void distinct() {
        var known = new ArrayList<>(registry.some(options.distinct()));
        java.util.Collections.shuffle(known, new Random(1));
        var body = service.get(path(known.getFirst()));
        try (var redis = RedisClient.create(service.redis())) {
            keep(redis.connect().async(), known, body);
        }
        var connections = options.connections();
        var samples = Sample.compare(
                options,
                service.load(connections).get(registry.paths("resolve-many", known, ContextBenchmark::path)),
                service.bareLoad(connections)
                        .get(registry.paths("bare-redis", known, tenant -> "/redis/" + tenant.siteId())));
        results.rate(
                "resolve, %,d tenants, 10,000 in the process".formatted(known.size()),
                samples.getFirst().perSecond(),
                "bare: one GET of Redis",
                samples.getLast().perSecond(),
                0.5);
    }

    private static void keep(RedisAsyncCommands<String, String> redis, List<Registry.Known> known, String body) {
        List<RedisFuture<String>> waiting = new ArrayList<>();
        try {
            for (var tenant : known) {
                waiting.add(redis.set("bench:" + tenant.siteId(), body));
                if (waiting.size() == PIPELINED) {
                    for (var one : waiting) {
                        one.get();
                    }
                    waiting.clear();
                }
            }
            for (var one : waiting) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void sessions() {
        var known = registry.some(WARM);
        var bodies = new ArrayList<String>();
        for (var i = 0; i < Math.min(SESSIONS, options.distinct()); i++) {
            var tenant = known.get(i % known.size());
            var started = service.post("/api/v1/sessions", """
                    {"siteId":"%s","origin":"https://%s","clientAddress":"192.0.2.%d"}""".formatted(tenant.siteId(), tenant.host(), i % 250));
            var token = JsonMapper.shared().readTree(started).at("/token").asString();
            bodies.add("{\"token\":\"" + token + "\"}");
        }
        var connections = options.connections();
        var samples = Sample.compare(
                options,
                service.load(connections).bodies("/api/v1/sessions/introspect", registry.paths("introspect", bodies)),
                service.bareLoad(connections)
                        .get(registry.paths("bare-redis-few", known, tenant -> "/redis/" + tenant.siteId())));
        results.rate(
                "introspect, %,d sessions".formatted(bodies.size()),
                samples.getFirst().perSecond(),
                "bare: one GET of Redis",
                samples.getLast().perSecond(),
                0.5);
    }
}
