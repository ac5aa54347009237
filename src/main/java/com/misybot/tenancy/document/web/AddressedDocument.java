package com.misybot.tenancy.document.web;

import com.misybot.tenancy.document.CollectionName;
import com.misybot.tenancy.document.collection.Collections;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.web.AddressedResource;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The tenant in a path, and the collection where documents in it are addressed, looked for on behalf of callers who may see
 * documents. A collection or a document at the end of a path need not exist: a PUT may make it.
 */
@Component
class AddressedDocument implements AddressedResource {

    private final TenantService tenants;
    private final Collections collections;

    AddressedDocument(TenantService tenants, Collections collections) {
        this.tenants = tenants;
        this.collections = collections;
    }

    @Override
    public void require(Caller caller, List<String> path) {
        var addressed = path.size() > 2
                && path.getFirst().equals("tenants")
                && path.get(2).equals("collections")
                && (caller.scopes().contains(CollectionController.READ)
                        || caller.scopes().contains(CollectionController.WRITE));
        if (!addressed) {
            return;
        }
        var tenant = AddressedResource.name(path.get(1), TenantId::new);
        tenants.idOf(tenant, caller.reach());
        if (path.size() > 4) {
            collections.find(tenant, AddressedResource.name(path.get(3), CollectionName::new), caller.reach());
        }
    }
}
