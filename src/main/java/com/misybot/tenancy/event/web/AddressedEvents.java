package com.misybot.tenancy.event.web;

import com.misybot.tenancy.event.EventCatalogue;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.web.AddressedResource;
import java.util.List;
import org.springframework.stereotype.Component;

/** The tenant whose events are addressed, or the type of event. */
@Component
class AddressedEvents implements AddressedResource {

    private final TenantService tenants;
    private final EventCatalogue catalogue;

    AddressedEvents(TenantService tenants, EventCatalogue catalogue) {
        this.tenants = tenants;
        this.catalogue = catalogue;
    }

    @Override
    public void require(Caller caller, List<String> path) {
        if (path.size() < 2 || !caller.scopes().contains("events:read")) {
            return;
        }
        if (path.getFirst().equals("event-types")) {
            EventTypeController.require(catalogue, path.get(1));
        }
        if (path.size() > 2 && path.getFirst().equals("tenants") && path.get(2).equals("events")) {
            tenants.idOf(AddressedResource.name(path.get(1), TenantId::new), caller.reach());
        }
    }
}
