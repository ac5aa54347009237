package com.misybot.bench;

import io.lettuce.core.RedisClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What tenants cost at start: the shipped jar on the stores of a few tenants and of many, each with rows, a user of Redis and a
 * collection with a document. Redis has forgotten its users each time, as after a restart of its own, so that all are put back.
 */
record StartBenchmark(Options options, Results results) {

    private static final int FEW = 10;
    private static final List<String> HEAP = List.of("-Xmx512m");

    /** What is put back is put back by the jar, not by the service that has the stores. */
    private static final List<String> SETTINGS = List.of("--tenancy.isolation.redis.interval=24h");

    private static final double AT_MOST = 1.5;
    private static final Pattern LIVE = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

    /** Stores in a process of their own, with their tenants. */
    private record Stores(ServiceProcess service, int tenants, List<Double> millis, List<Double> bytes) {}

    void run() {
        try (var one = ServiceProcess.start("start-few", HEAP, SETTINGS);
                var other = ServiceProcess.start("start-many", HEAP, SETTINGS)) {
            var few = provisioned(one, FEW);
            var many = provisioned(other, options.provisioned());
            measure(few); // the disk has read the jar
            few.millis.clear();
            few.bytes.clear();
            for (var round = 0; round < options.rounds(); round++) {
                measure(few);
                measure(many);
            }
            var with = "with " + FEW;
            var tenants = "%,d tenants provisioned in three stores".formatted(options.provisioned());
            results.latency("start to readiness, " + tenants, median(many.millis), with, median(few.millis), AT_MOST);
            results.memory("live heap then, " + tenants, median(many.bytes), with, median(few.bytes), AT_MOST);
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** Through the API, but for the rows of the registry itself. */
    private static Stores provisioned(ServiceProcess service, int tenants) {
        var registry = new Registry(service);
        registry.grow(1, 2 * tenants + 20);
        var known = registry.some(tenants);
        if (known.size() < tenants) {
            throw new IllegalStateException("Only " + known.size() + " tenants are active");
        }
        List<Callable<@Nullable Void>> work = new ArrayList<>();
        var atOnce = new Semaphore(8);
        for (var tenant : known) {
            work.add(() -> {
                atOnce.acquire();
                try {
                    var path = "/api/v1/tenants/" + tenant.tenantId();
                    service.post(path + "/namespaces/redis/credentials", "{}");
                    service.put(path + "/collections/notes", "{}");
                    service.put(
                            path + "/collections/notes/documents/first", "{\"text\":\"of " + tenant.tenantId() + "\"}");
                    return null;
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
        return new Stores(service, tenants, new ArrayList<>(), new ArrayList<>());
    }

    private static void measure(Stores stores) {
        var users = users(stores.service);
        if (users.size() != stores.tenants) {
            throw new IllegalStateException(users.size() + " users of Redis for " + stores.tenants + " tenants");
        }
        var redis = RedisClient.create(stores.service.redis());
        try (var connection = redis.connect()) {
            var there = connection.sync();
            users.forEach(there::aclDeluser);
            var began = System.nanoTime();
            try (var jar = JarProcess.start(stores.service, Map.of("SPRING_MONGODB_URI", stores.service.mongo()))) {
                var ready = Duration.ofNanos(System.nanoTime() - began);
                stores.millis.add((double) ready.toMillis());
                // asked for by name: a list of all would hold Redis up, and they come back in this order
                while (isMissing(there.aclGetuser(users.getLast()))) {
                    ServiceProcess.pause();
                }
                var back = Duration.ofNanos(System.nanoTime() - began);
                stores.bytes.add(live(jar));
                System.out.printf(
                        "%,d tenants: ready after %d ms, all users of Redis back after %d ms, %.1f MB live%n",
                        stores.tenants, ready.toMillis(), back.toMillis(), stores.bytes.getLast() / 1e6);
            }
        } finally {
            redis.shutdown();
        }
    }

    private static boolean isMissing(@Nullable List<Object> said) {
        return said == null || said.stream().allMatch(Objects::isNull);
    }

    private static List<String> users(ServiceProcess service) {
        return List.of(service.database()
                .value(
                        "select string_agg('tenant-' || tenant, ',' order by tenant) from namespace where password_sha256 is not null")
                .split(",", -1));
    }

    /** Bytes of the objects that are left after a full collection. */
    private static double live(JarProcess jar) {
        var histogram = Command.output(
                Map.of(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(jar.process().pid()),
                        "GC.class_histogram"));
        var total = LIVE.matcher(histogram);
        if (!total.find()) {
            throw new IllegalStateException(histogram);
        }
        return Double.parseDouble(total.group(1));
    }
}
