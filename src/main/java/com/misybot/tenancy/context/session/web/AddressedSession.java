package com.misybot.tenancy.context.session.web;

import com.misybot.tenancy.context.session.Sessions;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.web.AddressedResource;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The session in a path, looked for on behalf of callers who may see sessions. */
@Component
class AddressedSession implements AddressedResource {

    /** What stands beside {@code {sessionId}} and is no session. */
    private static final Set<String> LITERALS = Set.of("count", "end-all");

    private final TenantService tenants;
    private final Sessions sessions;

    AddressedSession(TenantService tenants, Sessions sessions) {
        this.tenants = tenants;
        this.sessions = sessions;
    }

    @Override
    public void require(Caller caller, List<String> path) {
        var addressed = path.size() > 2
                && path.getFirst().equals("tenants")
                && path.get(2).equals("sessions")
                && (caller.scopes().contains(TenantSessionController.READ)
                        || caller.scopes().contains(TenantSessionController.WRITE));
        if (!addressed) {
            return;
        }
        var tenant = tenants.idOf(AddressedResource.name(path.get(1), TenantId::new), caller.reach());
        if (path.size() > 3 && !LITERALS.contains(path.get(3))) {
            sessions.find(tenant, path.get(3));
        }
    }
}
