package com.misybot.tenancy.context.session;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** Counts what became of sessions: {@code tenancy.sessions} by {@code outcome}. */
@Component
class SessionMetrics {

    final Counter started;
    final Counter refused;
    final Counter active;
    final Counter inactive;
    final Counter changed;
    final Counter ended;

    SessionMetrics(MeterRegistry meters) {
        this.started = counter(meters, "started");
        this.refused = counter(meters, "refused");
        this.active = counter(meters, "active");
        this.inactive = counter(meters, "inactive");
        this.changed = counter(meters, "changed");
        this.ended = counter(meters, "ended");
    }

    private static Counter counter(MeterRegistry meters, String outcome) {
        return Counter.builder("tenancy.sessions")
                .description("Sessions that were started, introspected, changed or ended")
                .tag("outcome", outcome)
                .register(meters);
    }
}
