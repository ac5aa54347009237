package com.misybot.tenancy.tenant;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Difference;
import java.time.Instant;
import java.util.SortedMap;
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

    /** Tells of the tenant itself. */
    void tell(Tenant tenant, String type, SortedMap<String, Difference> fields, Cause cause, Instant at) {
        var change = change(tenant, type, tenant.tenantId().value(), fields, cause, at);
        deadlines.schedule(tenant, change.id());
        publisher.publishEvent(change);
    }

    /** Tells of something that belongs to the tenant and moves no deadline. */
    void tellOf(
            Tenant tenant, String type, String subject, SortedMap<String, Difference> fields, Cause cause, Instant at) {
        publisher.publishEvent(change(tenant, type, subject, fields, cause, at));
    }

    private static Change change(
            Tenant tenant, String type, String subject, SortedMap<String, Difference> fields, Cause cause, Instant at) {
        return new Change(UuidCreator.getTimeOrderedEpoch(), tenant.id(), type, subject, fields, cause, at);
    }
}
