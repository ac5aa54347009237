package com.misybot.tenancy.event.webhook;

import com.misybot.tenancy.event.EventFollower;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.operation.job.JobId;
import com.misybot.tenancy.operation.job.Jobs;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Puts a message about every event on the list of the webhooks that want to know, in the transaction of the change and after its
 * event has been written. A tenant that comes into being in the platform's scope has no webhook yet.
 */
@Component
class WebhookFanOut implements EventFollower {

    private final DeliveryRows deliveries;
    private final Jobs jobs;

    WebhookFanOut(DeliveryRows deliveries, Jobs jobs) {
        this.deliveries = deliveries;
        this.jobs = jobs;
    }

    @Override
    public void written(UUID tenant, int count) {
        if (Scope.current().equals(Scope.tenant(tenant))) {
            for (var webhook : deliveries.fanOut(tenant, count)) {
                jobs.schedule(DeliverWebhook.TYPE, new JobId(tenant, webhook));
            }
        }
    }
}
