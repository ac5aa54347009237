package com.misybot.tenancy.document.mongo;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells what nobody but an intruder or a broken store does: in the log and in the metric {@code tenancy.security.events}. */
@Component
class ForeignDocuments {

    private static final Logger LOG = LoggerFactory.getLogger(ForeignDocuments.class);

    private final MeterRegistry meters;

    ForeignDocuments(MeterRegistry meters) {
        this.meters = meters;
    }

    /** A document was not written by this service for this tenant. Neither its id nor what is in it is told. */
    void found(UUID tenant, String namespace) {
        LOG.error(
                "Security event: a document of {} in MongoDB is not one of this service for tenant {}",
                namespace,
                tenant);
        meters.counter("tenancy.security.events", "kind", "foreign_document").increment();
    }
}
