package com.misybot.tenancy.event.webhook;

import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.operation.job.JobId;
import com.misybot.tenancy.operation.job.Jobs;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Puts a message about every event on the list of the webhooks that want to know, in the transaction of the change and after its
 * event has been written. A tenant that comes into being in the platform's scope has no webhook yet.
 */
@Component
class WebhookFanOut {

    private final DeliveryRows deliveries;
    private final Jobs jobs;

    WebhookFanOut(DeliveryRows deliveries, Jobs jobs) {
        this.deliveries = deliveries;
        this.jobs = jobs;
    }

    @EventListener
    @Order(Ordered.LOWEST_PRECEDENCE)
    void on(Change change) {
        if (!Scope.current().equals(Scope.tenant(change.tenant()))) {
            return;
        }
        for (var webhook : deliveries.fanOut(change.tenant(), change.type())) {
            jobs.schedule(DeliverWebhook.TYPE, new JobId(change.tenant(), webhook));
        }
    }
}
