package com.misybot.tenancy.isolation.web;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.lifecycle.TenantStore;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.RestPaths;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Comparator;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where a tenant's data is, over HTTP. */
@RestController
@RequestMapping(
        path = NamespaceController.PATH,
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Isolation")
class NamespaceController {

    static final String PATH = RestPaths.API + "/tenants/{tenantId}/namespaces";

    static final String SCOPE = "namespaces:write";

    private static final Logger LOG = LoggerFactory.getLogger(NamespaceController.class);

    private final TenantService tenants;
    private final ObjectProvider<TenantStore> stores;

    NamespaceController(TenantService tenants, ObjectProvider<TenantStore> stores) {
        this.tenants = tenants;
        this.stores = stores;
    }

    static String path(TenantId tenantId) {
        return RestPaths.API + "/tenants/" + tenantId + "/namespaces";
    }

    @GetMapping
    @Access(scope = SCOPE)
    @Operation(
            operationId = "listNamespaces",
            summary = "Ask where a tenant's data is",
            description =
                    "For each store what belongs to the tenant, how a service that connects itself gets at it, and how much it is."
                            + " A store that does not answer says so in its entry.")
    NamespacesResponse list(@PathVariable TenantId tenantId, Caller caller) {
        var id = tenants.idOf(tenantId, caller.reach());
        return new NamespacesResponse(stores.stream()
                .sorted(Comparator.comparing(TenantStore::name))
                .map(store -> entry(store, id))
                .toList());
    }

    private static NamespacesResponse.Namespace entry(TenantStore store, UUID tenant) {
        try {
            return NamespacesResponse.Namespace.of(store.name(), store.holding(tenant));
        } catch (ProblemException e) {
            return NamespacesResponse.Namespace.absent(
                    store.name(), e.problem().code().code());
        } catch (RuntimeException e) {
            LOG.warn("The store {} does not say what a tenant has in it", store.name(), e);
            return NamespacesResponse.Namespace.absent(store.name(), "unavailable");
        }
    }
}
