package com.misybot.tenancy.context.redis;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells what nobody but an intruder or a broken store does: in the log and in the metric {@code tenancy.security.events}. */
@Component
public class ForeignValues {

    private static final Logger LOG = LoggerFactory.getLogger(ForeignValues.class);

    private final MeterRegistry meters;

    ForeignValues(MeterRegistry meters) {
        this.meters = meters;
    }

    /** A value in Redis was not written by this service for this key. Its text is not told. */
    public void found(String key, @Nullable UUID tenant) {
        LOG.error(
                "Security event: the value of {} in Redis is not one of this service and was removed; tenant {}",
                key,
                tenant);
        meters.counter("tenancy.security.events", "kind", "foreign_value").increment();
    }
}
