package com.misybot.tenancy.event.webhook;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.event.webhook.Sending.Attempted;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Difference;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Whether a webhook accepts what it is sent. One that is gone, or has accepted nothing for too long, is disabled, with a notice. */
@Component
class Health {

    private final WebhookRows webhooks;
    private final DeliveryQueue deliveries;
    private final WebhookSettings settings;
    private final ApplicationEventPublisher events;

    Health(WebhookRows webhooks, DeliveryQueue deliveries, WebhookSettings settings, ApplicationEventPublisher events) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.settings = settings;
        this.events = events;
    }

    /**
     * Takes account of attempts, in the transaction that records them.
     *
     * @param silent whether nobody has answered at all since the first of them was made
     */
    void tell(UUID tenant, UUID webhook, List<Attempted> attempted, boolean silent) {
        if (attempted.stream().anyMatch(Attempted::gone)) {
            disable(tenant, webhook, Webhook.Because.GONE);
        } else if (attempted.stream().anyMatch(Attempted::accepted)) {
            webhooks.thrives(tenant, webhook);
        } else if (webhooks.fails(tenant, webhook, silent, asked(attempted), settings.disableAfter())) {
            disable(tenant, webhook, Webhook.Because.FAILING);
        }
    }

    private static Duration asked(List<Attempted> attempted) {
        return attempted.stream()
                .map(Attempted::asked)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private void disable(UUID tenant, UUID id, Webhook.Because because) {
        var before = webhooks.find(tenant, id);
        if (before.isEmpty() || !before.get().terms().enabled()) {
            return;
        }
        var actor = Actor.system(DeliverWebhook.TYPE.name());
        webhooks.disable(tenant, id, because, actor.toString());
        deliveries.cancelAll(tenant, id);
        events.publishEvent(new Change(
                UuidCreator.getTimeOrderedEpoch(),
                tenant,
                WebhookChanges.DISABLED,
                id.toString(),
                new TreeMap<>(Map.of(
                        "disabledBecause",
                        Difference.of(null, because),
                        "state",
                        Difference.of("ENABLED", "DISABLED"))),
                Cause.of(actor),
                webhooks.time()));
    }
}
