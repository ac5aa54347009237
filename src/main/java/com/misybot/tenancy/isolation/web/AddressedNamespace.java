package com.misybot.tenancy.isolation.web;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.web.AddressedResource;
import java.util.List;
import org.springframework.stereotype.Component;

/** The tenant in a path, looked for on behalf of callers who may see namespaces. */
@Component
class AddressedNamespace implements AddressedResource {

    private final TenantService tenants;

    AddressedNamespace(TenantService tenants) {
        this.tenants = tenants;
    }

    @Override
    public void require(Caller caller, List<String> path) {
        if (path.size() > 2
                && path.get(0).equals("tenants")
                && path.get(2).equals("namespaces")
                && caller.scopes().contains(NamespaceController.SCOPE)) {
            var _ = tenants.idOf(AddressedResource.name(path.get(1), TenantId::new), caller.reach());
        }
    }
}
