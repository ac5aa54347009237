package com.misybot.tenancy.audit.attempt;

import com.misybot.tenancy.kernel.Attempt;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Counts refusals by trail, caller, route and code, where each of them would be too much for a trail. Belongs to one thread. Holds at
 * most {@value #MOST} lines; beyond that one line counts all others of a trail.
 */
final class Counts {

    private static final int MOST = 10_000;
    private static final String OTHERS = "others";

    /** What changes no row of PostgreSQL, by parts of its route. */
    private static final List<String> COUNTED =
            List.of("/sessions", "/context", "/secrets/verify", "/documents", "/isolation/probe");

    private final Map<UUID, TreeMap<String, Long>> lines = new TreeMap<>();
    private int size;

    static boolean isCounted(Attempt attempt) {
        return attempt.kind() == Attempt.Kind.REFUSED && COUNTED.stream().anyMatch(attempt.action()::contains);
    }

    void add(UUID trail, Attempt attempt) {
        add(trail, attempt.cause().actor() + " " + attempt.action() + " " + attempt.code(), 1);
    }

    private void add(UUID trail, String line, long number) {
        var counted = lines.computeIfAbsent(trail, _ -> new TreeMap<>());
        var name = counted.containsKey(line) || size < MOST ? line : OTHERS;
        if (counted.merge(name, number, Long::sum) == number) {
            size++;
        }
    }

    /** All that was counted; counting begins anew. */
    Map<UUID, Map<String, Long>> take() {
        var taken = new TreeMap<UUID, Map<String, Long>>(lines);
        lines.clear();
        size = 0;
        return taken;
    }

    /** Counts again what could not be told. */
    void giveBack(UUID trail, Map<String, Long> counted) {
        counted.forEach((line, number) -> add(trail, line, number));
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }
}
