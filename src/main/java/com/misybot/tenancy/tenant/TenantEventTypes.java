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
                EventType.of(TenantChanges.PROVISIONED, "Everything is set up for a tenant, and it is active.", TENANT)
                        .telling("status", TenantStatus.class),
                EventType.of(
                                TenantChanges.PROVISIONING_FAILED,
                                "A tenant could not be set up, or that was aborted; what had been set up is undone.",
                                TENANT)
                        .telling("status", TenantStatus.class),
                EventType.of(TenantChanges.PROVISIONING_RETRIED, "A tenant is being set up once more.", TENANT)
                        .telling("status", TenantStatus.class),
                EventType.of(TenantChanges.UPDATED, "What a client may set of a tenant was changed.", TENANT),
                EventType.of(TenantChanges.ACTIVATED, "A deactivated tenant is active again.", TENANT)
                        .telling("status", TenantStatus.class),
                EventType.of(
                                TenantChanges.SUSPENDED,
                                "A tenant was suspended: its sites, secrets and sessions are refused.",
                                TENANT)
                        .telling("status", TenantStatus.class),
                EventType.of(TenantChanges.RESUMED, "A suspended tenant is active again.", TENANT)
                        .telling("status", TenantStatus.class),
                EventType.of(
                                TenantChanges.DEACTIVATED,
                                "A tenant was deactivated: it is not served until it is activated.",
                                TENANT)
                        .telling("status", TenantStatus.class),
                EventType.of(
                                TenantChanges.DELETION_SCHEDULED,
                                "A tenant is to be erased, and can be restored until then.",
                                TENANT)
                        .telling("status", TenantStatus.class),
                EventType.of(
                                TenantChanges.RESTORED,
                                "A deletion was called off: the tenant is what it was before.",
                                TENANT)
                        .telling("status", TenantStatus.class),
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
}
