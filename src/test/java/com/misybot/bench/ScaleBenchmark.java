package com.misybot.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Latencies of one who asks alone, of a registry with few tenants and one with many in turns: the p95 of the many over that
 * of the few.
 */
record ScaleBenchmark(Registry few, Registry many, Options options, Results results) {

    private static final int TENANTS = 2_000;
    private static final int PAGE = 50;
    private static final int STEP = 200;
    private static final int DEEP = 10_000;
    private static final double AT_MOST = 1.5;
    private static final double TYPO_LIMIT = 500;
    private static final String TYPO = "typo search";

    void run() {
        var ofFew = loads(few, options.small());
        var ofMany = loads(many, options.large());
        var inTurns = new ArrayList<Sample.Load>();
        ofFew.forEach((figure, load) -> {
            inTurns.add(load);
            inTurns.add(ofMany.get(figure));
        });
        var samples =
                Sample.compare(options, inTurns.toArray(Sample.Load[]::new)).iterator();
        for (var figure : ofFew.keySet()) {
            var asFew = samples.next();
            var asMany = samples.next();
            var name = String.format(Locale.ROOT, "%s, p95 at %,d", figure, options.large());
            if (figure.equals(TYPO)) {
                results.latency(name, asMany.p95(), TYPO_LIMIT);
            } else {
                var smaller = String.format(Locale.ROOT, "at %,d:", options.small());
                results.latency(name, asMany.p95(), smaller, asFew.p95(), AT_MOST);
            }
        }
    }

    private static Map<String, Sample.Load> loads(Registry registry, int size) {
        var service = registry.service();
        var known = registry.some(TENANTS);
        var load = service.load(1);
        var name = "at-" + size + "-";
        var loads = new LinkedHashMap<String, Sample.Load>();
        loads.put("list page 1", load.get(registry.paths(name + "first", List.of(Questions.LIST))));
        loads.put("list page 10,000", load.get(registry.paths(name + "deep", List.of(deepPage(service, size)))));
        loads.put("look-up by siteId", load.get(registry.paths(name + "site", known, Questions::bySite)));
        loads.put("look-up by domain", load.get(registry.paths(name + "domain", known, Questions::byDomain)));
        loads.put("prefix search", load.get(registry.paths(name + "prefix", known, Questions::prefix)));
        loads.put(TYPO, load.get(registry.paths(name + "typo", known, Questions::typo)));
        return loads;
    }

    /** Page 10,000, or the last but one where there are fewer. */
    private static String deepPage(ServiceProcess service, int size) {
        var before = Math.min((DEEP - 1) * PAGE, size - 2 * PAGE);
        var path = Questions.LIST;
        for (var passed = 0; passed < before; ) {
            var step = Math.min(STEP, before - passed);
            var token = JsonMapper.shared()
                    .readTree(service.get(path + (path.contains("?") ? "&" : "?") + "pageSize=" + step))
                    .get("nextPageToken")
                    .stringValue();
            path = Questions.LIST + "?pageToken=" + Questions.encoded(token);
            passed += step;
        }
        return path;
    }
}
