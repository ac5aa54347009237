package com.misybot.tenancy.credential.web;

import com.misybot.tenancy.credential.TenantSecrets;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.web.AddressedResource;
import java.util.List;
import org.springframework.stereotype.Component;

/** The tenant and the secret in a path, looked for on behalf of callers who may see secrets. */
@Component
class AddressedSecret implements AddressedResource {

    private static final String REVOKE_ALL = "revoke-all";

    private final TenantService tenants;
    private final TenantSecrets secrets;

    AddressedSecret(TenantService tenants, TenantSecrets secrets) {
        this.tenants = tenants;
        this.secrets = secrets;
    }

    @Override
    public void require(Caller caller, List<String> path) {
        if (path.size() > 2
                && path.get(0).equals("tenants")
                && path.get(2).equals("secrets")
                && caller.scopes().contains(SecretController.SCOPE)) {
            var id = tenants.idOf(AddressedResource.name(path.get(1), TenantId::new), caller.reach());
            if (path.size() > 3 && !path.get(3).equals(REVOKE_ALL)) {
                secrets.find(id, path.get(3));
            }
        }
    }
}
