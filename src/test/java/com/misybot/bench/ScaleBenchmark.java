package com.misybot.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Latencies of one who asks alone, at two sizes of the registry: the p95 of the larger one over that of the smaller one. */
record ScaleBenchmark(ServiceProcess service, Registry registry, Options options, Results results) {

    private static final int TENANTS = 2_000;
    private static final int PAGE = 50;
    private static final int DEEP = 10_000;
    private static final double AT_MOST = 1.5;
    private static final double TYPO_LIMIT = 500;

    void run() {
        var small = measure(options.small());
        registry.grow(options.small() + 1, options.large());
        var large = measure(options.large());
        large.forEach((figure, sample) -> {
            var before = small.get(figure);
            if (figure.equals("typo search")) {
                results.latency(figure + " p95 at " + number(options.large()), sample.p95(), TYPO_LIMIT);
            } else if (before != null) {
                results.latency(
                        figure + " p95 at " + number(options.large()),
                        sample.p95(),
                        "at " + number(options.small()),
                        before.p95(),
                        AT_MOST);
            }
        });
    }

    private Map<String, Sample> measure(int size) {
        var known = registry.some(TENANTS);
        var load = service.load(1);
        var loads = new LinkedHashMap<String, Sample.Load>();
        loads.put("list page 1", load.get(registry.paths("first", List.of(Questions.LIST))));
        loads.put("list page 10,000", load.get(registry.paths("deep", List.of(deepPage(size)))));
        loads.put("look-up by siteId", load.get(registry.paths("site", known, Questions::bySite)));
        loads.put("look-up by domain", load.get(registry.paths("domain", known, Questions::byDomain)));
        loads.put("prefix search", load.get(registry.paths("prefix", known, Questions::prefix)));
        loads.put("typo search", load.get(registry.paths("typo", known, Questions::typo)));
        loads.put("read", load.get(registry.paths("one", known, tenant -> ReadBenchmark.PATH + tenant.tenantId())));
        var samples = Sample.compare(options, loads.values().toArray(Sample.Load[]::new));
        var measured = new LinkedHashMap<String, Sample>();
        loads.keySet().forEach(figure -> measured.put(figure, samples.get(measured.size())));
        measured.forEach((figure, sample) -> System.out.printf(
                "%d tenants, %s: p50 %.2f ms, p95 %.2f ms%n", size, figure, sample.median(), sample.p95()));
        return measured;
    }

    /** Page 10,000, or the last but one where there are fewer. */
    private String deepPage(int size) {
        var before = Math.min((DEEP - 1) * PAGE, size - 2 * PAGE);
        var path = Questions.LIST;
        for (var passed = 0; passed < before; ) {
            var step = Math.min(200, before - passed);
            var token = JsonMapper.shared()
                    .readTree(service.get(path + (path.contains("?") ? "&" : "?") + "pageSize=" + step))
                    .get("nextPageToken")
                    .stringValue();
            path = Questions.LIST + "?pageToken=" + Questions.encoded(token);
            passed += step;
        }
        return path;
    }

    private static String number(int size) {
        return String.format(java.util.Locale.ROOT, "%,d", size);
    }
}
