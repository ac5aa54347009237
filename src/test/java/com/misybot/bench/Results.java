package com.misybot.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The one table of ratios, and what stands below it. */
final class Results {

    private final List<String> rows = new ArrayList<>();
    private final Map<String, List<String>> statements = new LinkedHashMap<>();

    /** What a figure shall be, as it is printed, and whether it is. */
    private record Target(String text, boolean met) {
        static final Target NONE = new Target("", true);
    }

    /** A rate, compared with another one without a target. */
    void rate(String figure, double measured, String with, double compared) {
        row(figure, perSecond(measured), with + " " + perSecond(compared), measured / compared, Target.NONE);
    }

    /** A rate that shall be at least this share of another one. */
    void rate(String figure, double measured, String with, double compared, double atLeast) {
        var target = new Target("≥ " + two(atLeast), measured / compared >= atLeast);
        row(figure, perSecond(measured), with + " " + perSecond(compared), measured / compared, target);
    }

    /** A rate that shall be at least this. */
    void rate(String figure, double measured, double atLeast) {
        var target = new Target("≥ 1.00", measured >= atLeast);
        row(figure, perSecond(measured), perSecond(atLeast), measured / atLeast, target);
    }

    /** A latency that shall be at most so many times another one. */
    void latency(String figure, double measured, String with, double compared, double atMost) {
        var target = new Target("≤ " + two(atMost), measured / compared <= atMost);
        row(figure, millis(measured), with + " " + millis(compared), measured / compared, target);
    }

    /** A latency that shall be at most so many milliseconds. */
    void latency(String figure, double measured, double limit) {
        row(figure, millis(measured), millis(limit), measured / limit, new Target("≤ 1.00", measured <= limit));
    }

    /** An amount of memory that shall be at most so many bytes. */
    void memory(String figure, double measured, double limit) {
        row(figure, mega(measured), mega(limit), measured / limit, new Target("≤ 1.00", measured <= limit));
    }

    /** An amount of memory that shall be at most so many times another one. */
    void memory(String figure, double measured, String with, double compared, double atMost) {
        var target = new Target("≤ " + two(atMost), measured / compared <= atMost);
        row(figure, mega(measured), with + " " + mega(compared), measured / compared, target);
    }

    private static String mega(double bytes) {
        return String.format(java.util.Locale.ROOT, "%.0f MB", bytes / 1e6);
    }

    private void row(String figure, String measured, String compared, double ratio, Target target) {
        var verdict = target.text.isEmpty() ? "" : target.met ? "yes" : "**no**";
        var row = "| %s | %s | %s | %s | %s | %s |"
                .formatted(figure, measured, compared, two(ratio), target.text, verdict);
        rows.add(row);
        System.out.println(row);
    }

    /** What a request makes the database do. */
    void statements(String request, List<StatementLog.Statement> sql) {
        statements.put(
                request, sql.stream().map(StatementLog.Statement::prepared).toList());
    }

    String table() {
        return "| figure | measured | compared with | ratio | target | met |\n|---|---|---|---|---|---|\n"
                + String.join("\n", rows) + "\n";
    }

    /** Writes the table over the old one; what is written by hand below the line {@code ## Notes} stays. */
    void write(Options options, Database database) {
        var text = new StringBuilder("# Results\n\n");
        text.append("Made by `bench/run` on ")
                .append(LocalDate.now(ZoneOffset.UTC))
                .append(". ");
        text.append("Machine class: ")
                .append(Runtime.getRuntime().availableProcessors())
                .append(" cores, ");
        text.append("load, service and database on the same machine. Java ").append(Runtime.version());
        text.append(", PostgreSQL ").append(database.value("show server_version"));
        text.append(" (fsync ").append(database.value("show fsync")).append("), ");
        text.append(Command.output(Map.of(), List.of("pgbench", "--version")).strip())
                .append(".\n\n");
        text.append("Medians of ").append(options.rounds()).append(" rounds of ");
        text.append(options.duration().toSeconds()).append(" s in turns after ");
        text.append(options.warmUp().toSeconds()).append(" s of warm-up; ");
        text.append(options.connections())
                .append(" connections where throughput is measured, one where latency is.\n\n");
        text.append(table());
        text.append("\n## Statements a request\n\n");
        statements.forEach((request, sql) -> {
            text.append("- ").append(request).append(": ").append(sql.size()).append('\n');
            sql.forEach(line -> text.append("  - `").append(shortened(line)).append("`\n"));
        });
        try {
            var notes = Files.exists(options.results()) ? notes(options.results()) : "";
            Files.writeString(options.results(), text.append(notes).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String notes(Path results) throws IOException {
        var old = Files.readString(results);
        var at = old.indexOf("\n## Notes");
        return at < 0 ? "" : old.substring(at);
    }

    private static String shortened(String sql) {
        var line = sql.replaceAll("\\s+", " ").replaceFirst("(?i)^select .{60,}? from ", "select … from ");
        return line.length() > 160 ? line.substring(0, 160) + "…" : line;
    }

    private static String perSecond(double rate) {
        return String.format(Locale.ROOT, "%,.0f/s", rate);
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%.2f ms", millis);
    }

    private static String two(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }
}
