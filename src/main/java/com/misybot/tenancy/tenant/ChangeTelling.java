package com.misybot.tenancy.tenant;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Change;
import java.time.Instant;
import java.util.SortedSet;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Tells what happened to a tenant, in the transaction in which it happened, and leaves the follow-up of time to {@link Deadlines}. */
@Component
class ChangeTelling {

    private final Deadlines deadlines;
    private final ApplicationEventPublisher publisher;

    ChangeTelling(Deadlines deadlines, ApplicationEventPublisher publisher) {
        this.deadlines = deadlines;
        this.publisher = publisher;
    }

    void tell(Tenant tenant, String type, SortedSet<String> fields, Cause cause, Instant at) {
        var change = new Change(
                UuidCreator.getTimeOrderedEpoch(),
                tenant.id(),
                type,
                tenant.tenantId().value(),
                fields,
                cause,
                at);
        deadlines.schedule(tenant, change.id());
        publisher.publishEvent(change);
    }
}
