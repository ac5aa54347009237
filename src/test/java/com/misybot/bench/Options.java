package com.misybot.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/**
 * What is measured, and how thoroughly.
 *
 * @param parts which benchmarks
 * @param duration of one run of a load
 * @param warmUp how long each load runs before it is measured
 * @param rounds runs of each load, of which the median counts
 * @param connections of each load that is about throughput
 * @param small tenants in the registry for throughput, and the smaller size for latency
 * @param large the larger size for latency
 * @param distinct tenants that are resolved in turns
 * @param suspensions how many times it is measured how soon another instance feels one
 * @param rows of the table that is read under Row-Level Security
 * @param entries of the longest trail
 * @param provisioned tenants that have something in every store when the service starts
 * @param imported tenants that the import benchmark imports
 * @param organisations the list that is blown up for the import
 * @param results where the table is written
 */
record Options(
        List<String> parts,
        Duration duration,
        Duration warmUp,
        int rounds,
        int connections,
        int small,
        int large,
        int distinct,
        int suspensions,
        int rows,
        int entries,
        int provisioned,
        int imported,
        Path organisations,
        Path results) {

    static final List<String> PARTS = List.of(
            "read",
            "create",
            "list",
            "search",
            "scale",
            "import",
            "resolve",
            "introspect",
            "propagation",
            "isolation",
            "told",
            "trail",
            "feed",
            "webhooks",
            "provisioning",
            "start",
            "memory");

    /** Reads {@code --name=value}; {@code --smoke} shortens everything to a look at whether it works. */
    static Options of(String[] arguments) {
        var given = new Properties();
        for (var argument : arguments) {
            var parts = argument.replaceFirst("^--", "").split("=", 2);
            given.setProperty(parts[0], parts.length == 2 ? parts[1] : "true");
        }
        var smoke = given.remove("smoke") != null;
        var options = new Options(
                Arrays.asList(take(given, "only", String.join(",", PARTS)).split(",")),
                Duration.ofSeconds(number(given, "seconds", smoke ? 2 : 10)),
                Duration.ofSeconds(number(given, "warm-up", smoke ? 5 : 20)),
                number(given, "rounds", smoke ? 1 : 5),
                number(given, "connections", 8),
                number(given, "small", smoke ? 1_000 : 10_000),
                number(given, "large", smoke ? 5_000 : 1_000_000),
                number(given, "distinct", smoke ? 2_000 : 100_000),
                number(given, "suspensions", smoke ? 20 : 200),
                number(given, "rows", smoke ? 20_000 : 1_000_000),
                number(given, "entries", smoke ? 50_000 : 5_000_000),
                number(given, "provisioned", smoke ? 100 : 10_000),
                number(given, "imported", smoke ? 2_000 : 100_000),
                Path.of(take(given, "organisations", "../shared/data/organisations.json")),
                Path.of(take(given, "results", smoke ? "target/bench/RESULTS.md" : "bench/RESULTS.md")));
        if (!given.isEmpty() || !PARTS.containsAll(options.parts)) {
            throw new IllegalArgumentException("Unknown: " + given.keySet() + ", parts are " + PARTS);
        }
        return options;
    }

    /** The same with a longer warm-up. */
    Options warmedUp(int times) {
        return new Options(
                parts,
                duration,
                warmUp.multipliedBy(times),
                rounds,
                connections,
                small,
                large,
                distinct,
                suspensions,
                rows,
                entries,
                provisioned,
                imported,
                organisations,
                results);
    }

    boolean wants(String part) {
        return parts.contains(part);
    }

    private static String take(Properties given, String name, String otherwise) {
        var value = given.getProperty(name, otherwise);
        given.remove(name);
        return value;
    }

    private static int number(Properties given, String name, int otherwise) {
        return Integer.parseInt(take(given, name, Integer.toString(otherwise)));
    }
}
