package com.misybot.tenancy.audit.attempt;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Says on each trail how often there was what is counted: once in an interval, and later where so many tenants are busy that this
 * would be more than {@value #AT_ONCE} entries a second. Belongs to one thread.
 */
final class Summaries {

    private static final int AT_ONCE = 20;

    private final Tallies tallies;
    private final AttemptWriter writer;
    private final Duration interval;
    private final Map<String, Map<String, Long>> waiting = new LinkedHashMap<>();
    private Duration during = Duration.ZERO;
    private long begun = System.nanoTime();

    Summaries(Tallies tallies, AttemptWriter writer, Duration interval) {
        this.tallies = tallies;
        this.writer = writer;
        this.interval = interval;
    }

    /** Says what is due; called about once a second. */
    void proceed() {
        if (waiting.isEmpty() && System.nanoTime() - begun >= interval.toNanos()) {
            take();
        }
        write(AT_ONCE);
    }

    /** Says everything, at the end. */
    void finish() {
        write(Integer.MAX_VALUE);
        if (waiting.isEmpty()) {
            take();
            write(Integer.MAX_VALUE);
        }
    }

    private void take() {
        var now = System.nanoTime();
        during = Duration.ofNanos(now - begun);
        begun = now;
        waiting.putAll(tallies.take());
    }

    private void write(int most) {
        var left = most;
        for (var trail = waiting.entrySet().iterator(); trail.hasNext() && left > 0; left--) {
            var next = trail.next();
            if (!writer.summary(next.getKey(), next.getValue(), during)) {
                return; // the database does not answer: what is counted is kept
            }
            trail.remove();
        }
    }
}
