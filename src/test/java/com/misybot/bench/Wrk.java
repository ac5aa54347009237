package com.misybot.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * HTTP load by {@code wrk}: one thread, keep-alive.
 *
 * @param base URL without a path
 * @param key the API key, or an empty text for none
 * @param connections open at a time
 */
record Wrk(String base, String key, int connections) {

    private static final Pattern RESULT = Pattern.compile("RESULT (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)");
    private static final AtomicInteger CREATING = new AtomicInteger();

    /** Asks for the paths in the file, one after the other. */
    Sample.Load get(Path paths) {
        return duration -> run(duration.toSeconds(), "bench/wrk/paths.lua", List.of(paths.toString()));
    }

    /** Posts the body in the file, each time with a {@code @name@} of its own. */
    Sample.Load post(String path, Path body) {
        return duration -> run(
                duration.toSeconds(),
                "bench/wrk/create.lua",
                List.of(path, "made-" + CREATING.incrementAndGet() + "-", body.toString()));
    }

    /** Posts the lines of the file, one after the other. */
    Sample.Load bodies(String path, Path lines) {
        return duration -> run(duration.toSeconds(), "bench/wrk/bodies.lua", List.of(path, lines.toString()));
    }

    private Sample run(long seconds, String script, List<String> arguments) {
        var command = new ArrayList<>(List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "--timeout=10s"));
        if (!key.isEmpty()) {
            command.addAll(List.of("-H", "Authorization: Bearer " + key));
        }
        command.addAll(List.of("-s", script, base, "--"));
        command.addAll(arguments);
        var output = Command.output(Map.of(), command);
        var found = RESULT.matcher(output);
        if (!found.find() || number(found.group(3)) > 0) {
            throw new IllegalStateException("Requests failed: " + script + " " + arguments + "\n" + output);
        }
        return new Sample(
                number(found.group(1)) * 1e6 / number(found.group(2)),
                number(found.group(4)) / 1e3,
                number(found.group(5)) / 1e3,
                number(found.group(6)) / 1e3);
    }

    private static double number(String digits) {
        return Double.parseDouble(digits);
    }
}
