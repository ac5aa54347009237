package com.misybot.tenancy.event.webhook;

import com.misybot.tenancy.event.EventFollower;
import com.misybot.tenancy.kernel.Scope;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Puts a message about every event on the list of its tenant's webhooks that want to know, in the transaction of the change and
 * after its event has been written. A tenant that comes into being in the platform's scope has no webhook yet; those of the platform
 * are told by {@link FollowFeed}.
 */
@Component
class WebhookFanOut implements EventFollower {

    private final DeliveryRows deliveries;
    private final Wakes wakes;

    WebhookFanOut(DeliveryRows deliveries, Wakes wakes) {
        this.deliveries = deliveries;
        this.wakes = wakes;
    }

    @Override
    public void written(UUID tenant, int count) {
        if (!tenant.equals(Scope.NIL) && Scope.current().equals(Scope.tenant(tenant))) {
            wakes.schedule(tenant, deliveries.fanOut(tenant, count));
        }
    }
}
