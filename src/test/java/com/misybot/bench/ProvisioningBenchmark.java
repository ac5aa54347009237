package com.misybot.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * From the request to the active tenant, in all stores: one after the other, many at once with readers beside them, and what it costs to look at
 * runs where many are kept.
 */
record ProvisioningBenchmark(ServiceProcess service, Registry registry, Options options, Results results) {

    private static final HttpClient HTTP = client();

    /** Whoever reads has connections and a thread of its own. */
    private static final HttpClient READER = client();

    private static final String PATH = "/api/v1/tenants";
    private static final double ONE_MILLIS = 150;
    private static final double PER_SECOND = 100;
    private static final double READS_AT_MOST = 2;
    private static final double KEPT_AT_MOST = 1.5;

    /** Requests under way at once. */
    private static final int AT_ONCE = 64;

    /** Times that many are registered at once before it counts. */
    private static final int WARM_UP = 16;

    /** Reads with nothing beside them. */
    private static final int READS = 1_000;

    /** Nanoseconds from when one read is due until the next one is: a hundred a second, whatever becomes of those before. */
    private static final long READ_EVERY = 10_000_000;

    private static final int FEW = 100;
    private static final int MANY = 100_000;
    private static final int LOOKS = 300;

    /** Asks for no HTTP/2, as it would with each request: whoever is measured has to say no to it each time. */
    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    void run() {
        var times = options.provisioned() / 20;
        one("warm", times);
        results.latency("provision one tenant in all stores, p50", median(one("one", times)), ONE_MILLIS);
        many();
        look();
    }

    /** In turns: reads alone, and reads beside many registrations. */
    private void many() {
        var tenants = Math.min(1_000, options.provisioned());
        for (var i = 0; i < WARM_UP; i++) {
            many("warm-many-" + i, tenants);
        }
        var idle = new double[options.rounds()];
        var perSecond = new double[options.rounds()];
        var beside = new double[options.rounds()];
        for (var round = 0; round < options.rounds(); round++) {
            // a pause of this process would count as one of the service
            System.gc();
            idle[round] = p99(reads(new AtomicBoolean(true), READS));
            var going = new AtomicBoolean(true);
            var reading = CompletableFuture.supplyAsync(() -> reads(going, Integer.MAX_VALUE));
            perSecond[round] = tenants / many("many-" + round, tenants);
            going.set(false);
            beside[round] = p99(reading.join());
            System.out.printf(
                    "%.0f tenants/s, reads p99 %.2f ms beside them, %.2f ms alone%n",
                    perSecond[round], beside[round], idle[round]);
        }
        results.rate("provision %,d tenants at once".formatted(tenants), median(perSecond), "wanted", PER_SECOND, 1);
        results.latency("read of another tenant meanwhile, p99", median(beside), "alone", median(idle), READS_AT_MOST);
    }

    /** Milliseconds from each request to its answer, which shows an active tenant. */
    private double[] one(String name, int times) {
        var millis = new double[times];
        for (var i = 0; i < times; i++) {
            var began = System.nanoTime();
            var answer = send(PATH, body(name + "-" + i), "Prefer", "wait=60");
            millis[i] = (System.nanoTime() - began) / 1e6;
            var status =
                    JsonMapper.shared().readTree(answer.body()).at("/status").asString();
            if (!status.equals("ACTIVE")) {
                throw new IllegalStateException("Not provisioned in a minute: " + answer.body());
            }
        }
        return millis;
    }

    /** Seconds from the first request until all of them are active. */
    private double many(String name, int tenants) {
        var atOnce = new Semaphore(AT_ONCE);
        var began = System.nanoTime();
        List<Callable<HttpResponse<String>>> work = new ArrayList<>();
        for (var i = 0; i < tenants; i++) {
            var body = body(name + "-" + i);
            work.add(() -> {
                atOnce.acquire();
                try {
                    return send(PATH, body, "Prefer", "respond-async");
                } finally {
                    atOnce.release();
                }
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(work)) {
                done.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        untilRunsHaveEnded();
        var seconds = (System.nanoTime() - began) / 1e9;
        var active = "select count(*) from tenant where tenant_id like '" + name + "-%' and status = 'ACTIVE'";
        if (!service.database().value(active).equals(Integer.toString(tenants))) {
            throw new IllegalStateException("All runs have ended, and not all tenants are active");
        }
        return seconds;
    }

    /** Asks over one connection and by an index, or asking would take processors from those who are asked about. A run ends as its tenant becomes active. */
    private void untilRunsHaveEnded() {
        var began = System.nanoTime();
        try (var connection = service.database().connect("postgres");
                var open = connection.prepareStatement(
                        "select exists (select from provisioning_run where ended_at is null)")) {
            while (isTrue(open)) {
                if (System.nanoTime() - began > 600e9) {
                    throw new IllegalStateException("Not all runs have ended after ten minutes");
                }
                sleep();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isTrue(PreparedStatement question) throws SQLException {
        try (var row = question.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    /**
     * Milliseconds from when reads of tenants that are there were due until their answers. They are due at a fixed rate, alone and beside others: whoever
     * asks again only once it has an answer leaves out the reads that a pause would have kept waiting, and takes more of the processors the faster they are.
     */
    private double[] reads(AtomicBoolean going, int most) {
        var known = registry.some(1_000);
        var millis = new ArrayList<Double>();
        var due = System.nanoTime();
        for (var i = 0; going.get() && i < most; i++, due += READ_EVERY) {
            for (var early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            send(READER, PATH + "/" + known.get(i % known.size()).tenantId(), null);
            millis.add((System.nanoTime() - due) / 1e6);
        }
        return millis.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Lists and follows with few operations and runs kept, and with many. */
    private void look() {
        service.database().run("truncate operation, provisioning_run, onboarding_application cascade");
        keep(1, FEW);
        var few = looks();
        keep(FEW + 1, MANY);
        var many = looks();
        var with = "with " + FEW + " kept";
        var kept = " with %,d kept".formatted(MANY);
        results.latency("list operations" + kept, many[0], with, few[0], KEPT_AT_MOST);
        results.latency("list runs of a tenant" + kept, many[1], with, few[1], KEPT_AT_MOST);
        results.latency("follow an operation" + kept, many[2], with, few[2], KEPT_AT_MOST);
        results.latency("list applications" + kept, many[3], with, few[3], KEPT_AT_MOST);
        results.latency("find the application of a host" + kept, many[4], with, few[4], KEPT_AT_MOST);
    }

    /** Medians of a page of operations, of the runs of a tenant, of a stream up to its end, of a page of applications, and of one of a host. */
    private double[] looks() {
        var one = service.database()
                .value("select tenant_id || ',' || id from operation order by id limit 1")
                .split(",", -1);
        return new double[] {
            median(looked("/api/v1/operations?pageSize=50")),
            median(looked(PATH + "/" + one[0] + "/provisioning")),
            median(looked("/api/v1/operations/" + one[1], "Accept", "text/event-stream")),
            median(looked("/api/v1/onboarding/applications?pageSize=50")),
            median(looked("/api/v1/onboarding/applications?host=kept-50.example"))
        };
    }

    private double[] looked(String path, String... headers) {
        var millis = new double[LOOKS];
        for (var i = -LOOKS; i < LOOKS; i++) {
            var began = System.nanoTime();
            send(path, null, headers);
            if (i >= 0) {
                millis[i] = (System.nanoTime() - began) / 1e6;
            }
        }
        return millis;
    }

    /** Runs that have ended, in turns of the tenants that are there, with their operations; and as many applications. */
    private void keep(int from, int to) {
        service.database()
                .run(
                        """
                with known as (select id, tenant_id, row_number() over (order by id) - 1 as n, count(*) over () as all_of_them from tenant),
                runs as (
                    select s.id as tenant, s.tenant_id, gen_random_uuid() as run, now() - i * interval '1 second' as at
                    from generate_series(%d, %d) as i join known s on s.n = i %% s.all_of_them
                ), kept as (
                    insert into provisioning_run (tenant, id, state, created_at, created_by, started_at, ended_at, fence)
                    select tenant, run, 'SUCCEEDED', at, 'operator:bench', at, at, 2 from runs
                ), steps as (
                    select jsonb_agg(jsonb_build_object('name', name, 'status', 'SUCCEEDED', 'attempts', 1)) as all_of_them
                    from unnest(array['namespaces', 'mirror', 'activation']) as name
                )
                insert into operation (tenant, id, kind, tenant_id, status, progress_done, progress_total, steps, cancellable, fence, version,
                    created_at, created_by, started_at, ended_at)
                select '00000000-0000-0000-0000-000000000000', run, 'tenant.provision', tenant_id, 'SUCCEEDED', 3, 3, steps.all_of_them, false,
                    2, 3, at, 'operator:bench', at, at
                from runs cross join steps
                """.formatted(from, to),
                        """
                insert into onboarding_application (id, organisation, origins, host, approved_beforehand, address_key, wish_key, state,
                    state_since, challenge, version, created_at, expires_at)
                select gen_random_uuid(), 'Kept', array['https://kept-' || i || '.example'], 'kept-' || i || '.example', false,
                    sha256(i::text::bytea), sha256(i::text::bytea), 'EXPIRED', at, 'kept', 2, at, at
                from generate_series(%d, %d) as i cross join lateral (select now() - i * interval '1 second' as at) as times
                """.formatted(from, to),
                        "vacuum analyze operation",
                        "vacuum analyze provisioning_run",
                        "vacuum analyze onboarding_application",
                        "checkpoint");
    }

    private static String body(String slug) {
        return """
                {"tenantId":"%s","business":{"name":"Provisioned"},"allowedOrigins":["https://%s.example"]}""".formatted(slug, slug);
    }

    private HttpResponse<String> send(String path, @Nullable String body, String... headers) {
        return send(HTTP, path, body, headers);
    }

    private HttpResponse<String> send(HttpClient client, String path, @Nullable String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(service.url() + path))
                .header("Authorization", "Bearer " + service.key());
        if (body != null) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        }
        for (var i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            var answer = client.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(answer + " " + answer.body());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static double median(double[] values) {
        return sorted(values)[values.length / 2];
    }

    private static double p99(double[] values) {
        return sorted(values)[(int) Math.ceil(values.length * 0.99) - 1];
    }

    private static double[] sorted(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static void sleep() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
