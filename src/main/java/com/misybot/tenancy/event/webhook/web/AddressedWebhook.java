package com.misybot.tenancy.event.webhook.web;

import com.misybot.tenancy.event.webhook.Deliveries;
import com.misybot.tenancy.event.webhook.Webhooks;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.web.AddressedResource;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The tenant, the webhook and the delivery in a path, looked for on behalf of callers who may see webhooks. */
@Component
class AddressedWebhook implements AddressedResource {

    private static final int WEBHOOK = 3;
    private static final int DELIVERY = 2;

    private final TenantService tenants;
    private final Webhooks webhooks;
    private final Deliveries deliveries;

    AddressedWebhook(TenantService tenants, Webhooks webhooks, Deliveries deliveries) {
        this.tenants = tenants;
        this.webhooks = webhooks;
        this.deliveries = deliveries;
    }

    @Override
    public void require(Caller caller, List<String> path) {
        if (!caller.scopes().contains(WebhookController.SCOPE)) {
            return;
        }
        if (path.size() >= WEBHOOK
                && path.get(0).equals("tenants")
                && path.get(2).equals("webhooks")) {
            require(
                    tenants.idOf(AddressedResource.name(path.get(1), TenantId::new), caller.reach()),
                    path.subList(WEBHOOK, path.size()));
        } else if (path.getFirst().equals("webhooks")) {
            require(WebhookOwner.platform(caller).tenant(), path.subList(1, path.size()));
        }
    }

    /** Looks for what the segments after {@code webhooks} name. */
    private void require(UUID tenant, List<String> path) {
        if (path.isEmpty() || path.getFirst().equals("count")) {
            return;
        }
        var webhook = AddressedResource.name(path.getFirst(), UUID::fromString);
        if (path.size() > DELIVERY && path.get(DELIVERY - 1).equals("deliveries")) {
            deliveries.find(tenant, webhook, AddressedResource.name(path.get(DELIVERY), UUID::fromString));
        } else {
            webhooks.find(tenant, webhook);
        }
    }
}
