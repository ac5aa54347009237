package com.misybot.tenancy.audit.web;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.web.AddressedResource;
import java.util.List;
import org.springframework.stereotype.Component;

/** The tenant in a path to its trail, looked for on behalf of callers who may read trails. */
@Component
class AddressedTrail implements AddressedResource {

    private final TenantService tenants;

    AddressedTrail(TenantService tenants) {
        this.tenants = tenants;
    }

    @Override
    public void require(Caller caller, List<String> path) {
        if (path.size() > 2
                && path.get(0).equals("tenants")
                && path.get(2).equals("audit")
                && caller.scopes().contains(TrailController.SCOPE)) {
            tenants.idOf(AddressedResource.name(path.get(1), TenantId::new), caller.reach());
        }
    }
}
