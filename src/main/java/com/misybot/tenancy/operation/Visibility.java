package com.misybot.tenancy.operation;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.TenantId;
import java.util.List;
import java.util.Map;

/**
 * Which operations a caller may see. One that may see every tenant sees all. One that is limited to tenants by name sees what
 * is about them. Whoever asked for an operation sees it, as long as its tenant, where it names one, is within the names the
 * caller is limited to. Labels, plans and regions are the tenant's and are not known here: a caller limited by those sees
 * what it asked for itself.
 */
final class Visibility {

    private final Reach reach;
    private final String actor;

    Visibility(Caller caller) {
        this.reach = caller.reach();
        this.actor = caller.actor().toString();
    }

    boolean covers(Operation operation) {
        if (reach.isAll()) {
            return true;
        }
        var tenant = operation.tenantId();
        if (operation.createdBy().equals(actor)) {
            return tenant == null
                    || reach.tenants().isEmpty()
                    || reach.tenants().contains(tenant);
        }
        return isLimitedByNameAlone() && tenant != null && reach.tenants().contains(tenant);
    }

    /** The same as SQL; narrows a query and adds what it binds. */
    void narrow(List<String> conditions, Map<String, Object> binds) {
        if (reach.isAll()) {
            return;
        }
        var own = "created_by = :actor";
        binds.put("actor", actor);
        if (reach.tenants().isEmpty()) {
            conditions.add(own);
            return;
        }
        binds.put("tenants", reach.tenants().stream().map(TenantId::value).toList());
        var named = "tenant_id in (:tenants)";
        conditions.add(
                isLimitedByNameAlone()
                        ? "(" + named + " or (" + own + " and tenant_id is null))"
                        : "(" + own + " and (tenant_id is null or " + named + "))");
    }

    private boolean isLimitedByNameAlone() {
        return reach.labels().isEmpty()
                && reach.plans().isEmpty()
                && reach.regions().isEmpty();
    }
}
