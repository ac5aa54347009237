package com.misybot.tenancy.tenant;

import com.misybot.tenancy.kernel.EventType;
import com.misybot.tenancy.kernel.EventTypes;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is told of tenants. */
@Component
class TenantEventTypes implements EventTypes {

    private static final String TENANT = "the tenantId";

    @Override
    public List<EventType> all() {
        return List.of(
                EventType.of(TenantChanges.CREATED, "A tenant was registered.", TENANT)
                        .telling("status", TenantStatus.class),
                move(TenantChanges.PROVISIONED, "Everything is set up for a tenant, and it is active."),
                move(
                        TenantChanges.PROVISIONING_FAILED,
                        "A tenant could not be set up, or that was aborted; what had been set up is undone."),
                move(TenantChanges.PROVISIONING_RETRIED, "A tenant is being set up once more."),
                EventType.of(TenantChanges.UPDATED, "What a client may set of a tenant was changed.", TENANT),
                move(TenantChanges.ACTIVATED, "A deactivated tenant is active again."),
                move(TenantChanges.SUSPENDED, "A tenant was suspended: its sites, secrets and sessions are refused."),
                move(TenantChanges.RESUMED, "A suspended tenant is active again."),
                move(TenantChanges.DEACTIVATED, "A tenant was deactivated: it is not served until it is activated."),
                move(TenantChanges.DELETION_SCHEDULED, "A tenant is to be erased, and can be restored until then."),
                move(TenantChanges.RESTORED, "A deletion was called off: the tenant is what it was before."),
                EventType.of(
                        TenantChanges.EXPIRING,
                        "The activeUntil of a tenant will pass, and it will be suspended then.",
                        TENANT),
                EventType.of(TenantChanges.SESSIONS_ENDED, "All sessions of a tenant have ended.", TENANT),
                EventType.of(
                        TenantChanges.LIMITS_CHANGED,
                        "The limits of a tenant are others now, by its own overrides or by a change of its plan.",
                        "the plan where that has changed, else the tenantId"),
                EventType.of(
                        Quota.APPROACHED,
                        "A count of a tenant has come to 80 % of its limit.",
                        "the name of the limit"));
    }

    /** A move of the tenant itself: what it is now, and what has become of what that does. */
    private static EventType move(String type, String description) {
        return EventType.of(type, description, TENANT)
                .telling("status", TenantStatus.class)
                .telling("sites", Effects.Sites.class)
                .telling("secrets", Effects.Secrets.class)
                .telling("sessions", Effects.Sessions.class);
    }
}
