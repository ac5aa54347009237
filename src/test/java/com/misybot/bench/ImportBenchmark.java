package com.misybot.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The organisations, blown up, imported into an empty registry; {@code bench/import} does it. */
record ImportBenchmark(ServiceProcess service, Options options, Results results) {

    private static final Pattern IMPORTED = Pattern.compile("import.per_second=([0-9.]+)");
    private static final Pattern INSERTED = Pattern.compile("sql.per_second=([0-9.]+)");

    void run() {
        var count = Integer.toString(options.imported());
        var output = java(
                "bench/import/ImportBench.java", service.url(), service.data().toString(), lines(), count, "3");
        System.out.print(output);
        results.rate(
                "import of %,d, -Xmx256m".formatted(options.imported()),
                median(IMPORTED, output),
                "JDBC: the same rows in batches of 500",
                median(INSERTED, output),
                0.40);
    }

    private String lines() {
        try {
            var lines = java(
                    "bench/organisations/OrganisationsToNdjson.java",
                    options.organisations().toString());
            return Files.writeString(Path.of("target/bench/organisations.ndjson"), lines)
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String java(String source, String... arguments) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, "-Xmx1g", "-cp", System.getProperty("java.class.path"), source));
        command.addAll(Arrays.asList(arguments));
        return Command.output(Map.of(), command);
    }

    private static double median(Pattern pattern, String output) {
        var rates = pattern.matcher(output)
                .results()
                .map(found -> Double.valueOf(found.group(1)))
                .sorted()
                .toList();
        return rates.get(rates.size() / 2);
    }
}
