package com.misybot.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A tenant registered with an API key, without an idempotency key; fsync is on. Its run is ordered and not begun: nobody waits for it. */
record CreateBenchmark(ServiceProcess service, Options options, Results results) {

    /** A registration runs more code than a reading and comes a fifth as often: it takes the compilers as much longer. */
    static final int WARM_UP = 4;

    static final List<String> SETTINGS = List.of("--bench.jobs=false");

    private static final String PATH = "/api/v1/tenants";
    private static final String BODY = """
            {"tenantId":"@name@","business":{"name":"Acme Dental","website":"https://acme-dental.example/","country":"DE",\
            "locale":"de-DE","timeZone":"Europe/Berlin"},"plan":"standard",\
            "allowedOrigins":["https://www.acme-dental.example","https://acme-dental.example"],"labels":{"source":"bench"}}
            """;

    void run() {
        var database = service.database();
        var connections = options.connections();
        var samples = Sample.compare(
                options.warmedUp(WARM_UP),
                load(),
                new Pgbench(database, "tenancy_platform", connections)
                        .scripts(List.of(Path.of("bench/sql/create.sql")), Map.of("n", 0)));
        results.rate(
                "create",
                samples.getFirst().perSecond(),
                "pgbench: the same statements",
                samples.getLast().perSecond(),
                0.30);
        var single = body("create-one", BODY.replace("@name@", "one-more"));
        try (var log = new StatementLog(database)) {
            service.get(PATH + "/count");
            results.statements("create", log.of(() -> service.post(PATH, "application/json", "wait=0", single)));
        }
    }

    Sample.Load load() {
        return service.load(options.connections()).post(PATH, body("create", BODY));
    }

    private Path body(String name, String json) {
        try {
            return Files.writeString(service.data().resolveSibling(name + ".json"), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
