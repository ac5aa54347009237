package com.misybot.tenancy.tenant.web;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.web.AddressedResource;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The tenant in a path, looked for on behalf of callers who may address tenants. */
@Component
class AddressedTenant implements AddressedResource {

    /** What stands beside {@code {tenantId}} and is no tenant. */
    private static final Set<String> LITERALS = Set.of(BulkMoveController.WORD, "count", "import", "search");

    /** Whoever holds one of these learns from its own routes whether a tenant is there. */
    private static final Set<String> SCOPES =
            Set.of("tenants:read", "tenants:write", "tenants:lifecycle", "tenants:delete");

    private final TenantService tenants;

    AddressedTenant(TenantService tenants) {
        this.tenants = tenants;
    }

    @Override
    public void require(Caller caller, List<String> path) {
        if (path.size() > 1
                && path.getFirst().equals("tenants")
                && !LITERALS.contains(path.get(1))
                && !Collections.disjoint(caller.scopes(), SCOPES)) {
            tenants.find(AddressedResource.name(path.get(1), TenantId::new), caller.reach());
        }
    }
}
