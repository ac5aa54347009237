package com.misybot.tenancy.audit.attempt;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Tally;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Counts by tenant, caller and outcome. Holds at most {@value #MOST} lines; beyond that one line of the platform counts all others.
 */
@Component
class Tallies implements Tally {

    private static final int MOST = 100_000;
    private static final Line OTHERS = new Line(null, null, "others");

    private volatile Map<Line, LongAdder> lines = new ConcurrentHashMap<>();

    private record Line(@Nullable String tenantId, @Nullable Actor caller, String what) {

        String text() {
            return (caller == null ? "nobody" : caller) + " " + what;
        }
    }

    @Override
    public void count(@Nullable String tenantId, @Nullable Actor caller, String what) {
        var line = new Line(tenantId, caller, what);
        var present = lines.get(line);
        (present == null ? first(line) : present).increment();
    }

    private LongAdder first(Line line) {
        var counting = lines;
        return counting.computeIfAbsent(counting.size() < MOST ? line : OTHERS, _ -> new LongAdder());
    }

    /** All that was counted, by tenantId, "" for the platform; counting begins anew. */
    Map<String, Map<String, Long>> take() {
        var taken = lines;
        lines = new ConcurrentHashMap<>();
        var told = new HashMap<String, Map<String, Long>>();
        taken.forEach(
                (line, number) -> told.computeIfAbsent(line.tenantId == null ? "" : line.tenantId, _ -> new TreeMap<>())
                        .merge(line.text(), number.sum(), Long::sum));
        return told;
    }
}
