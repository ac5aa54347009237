package com.misybot.tenancy.kernel;

import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Tells what nobody but an intruder or a broken store does: in the log and in the metric {@code tenancy.security.events}. */
@Component
public class SecurityEvents {

    private static final Logger LOG = LoggerFactory.getLogger(SecurityEvents.class);

    private final ObjectProvider<MeterRegistry> meters;

    /** Counts where there is somebody to count with. */
    public SecurityEvents(ObjectProvider<MeterRegistry> meters) {
        this.meters = meters;
    }

    /**
     * Tells one event.
     *
     * @param kind what it is, one of few words, such as {@code foreign_value}
     * @param what a sentence without its end, with names and ids, never with values or secrets
     */
    public void tell(String kind, String what) {
        LOG.error("Security event: {}", what);
        meters.ifAvailable(registry ->
                registry.counter("tenancy.security.events", "kind", kind).increment());
    }
}
