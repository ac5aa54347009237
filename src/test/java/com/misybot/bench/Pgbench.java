package com.misybot.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * SQL load by {@code pgbench}, prepared statements.
 *
 * @param database the embedded PostgreSQL
 * @param role the role of the service that runs this SQL
 * @param connections open at a time
 */
record Pgbench(Database database, String role, int connections) {

    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");
    private static final Pattern LATENCY = Pattern.compile("latency average = ([0-9.]+) ms");
    private static final Pattern FAILED = Pattern.compile("number of failed transactions: ([0-9]+)");

    /** Runs these scripts, all as often. */
    Sample.Load scripts(List<Path> scripts, Map<String, Object> variables) {
        return duration -> {
            var command = new ArrayList<>(List.of("pgbench", "-n", "-M", "prepared", "-j", "1"));
            command.addAll(List.of("-h", "127.0.0.1", "-p", Integer.toString(database.port()), "-U", role));
            command.addAll(List.of("-c", Integer.toString(connections), "-T", Long.toString(duration.toSeconds())));
            scripts.forEach(script -> command.addAll(List.of("-f", script.toString())));
            variables.forEach((name, value) -> command.addAll(List.of("-D", name + "=" + value)));
            command.addAll(List.of("-D", "run=" + RUNS.incrementAndGet(), "tenancy"));
            var output = Command.output(Map.of("PGPASSWORD", database.password(role)), command);
            if (number(FAILED, output) > 0) {
                throw new IllegalStateException(output);
            }
            var average = number(LATENCY, output);
            return new Sample(number(TPS, output), average, average, average);
        };
    }

    private static double number(Pattern pattern, String output) {
        var found = pattern.matcher(output);
        if (!found.find()) {
            throw new IllegalStateException(pattern + " is not in\n" + output);
        }
        return Double.parseDouble(found.group(1));
    }
}
