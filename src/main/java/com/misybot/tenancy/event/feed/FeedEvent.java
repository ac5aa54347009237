package com.misybot.tenancy.event.feed;

import com.misybot.tenancy.event.Event;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.tenant.ServedTenant;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is sent, written once for all who read it.
 *
 * @param event what happened
 * @param tenant whose it is, as it is now; null for the platform's own, and where the tenant is gone
 * @param json a CloudEvent in one line of UTF-8; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FeedEvent(Event event, @Nullable ServedTenant tenant, byte[] json) {

    /** Whether its tenant is within reach. What is nobody's in particular is for those whose reach has no limits. */
    boolean isWithin(Reach reach) {
        return reach.isAll()
                || (tenant != null && reach.covers(tenant.tenantId(), tenant.labels(), tenant.plan(), tenant.region()));
    }
}
