package com.misybot.tenancy.tenant;

import java.util.Locale;

/** A move of a tenant that nobody asks for: a run of provisioning ends, or time has passed. */
enum SelfMove {
    COMPLETE(TenantStatus.PROVISIONING, TenantStatus.ACTIVE, "everything is set up"),
    FAIL(TenantStatus.PROVISIONING, TenantStatus.PROVISIONING_FAILED, "a step fails for good"),
    EXPIRE(TenantStatus.ACTIVE, TenantStatus.SUSPENDED, "activeUntil passes"),
    END_OF_SUSPENSION(TenantStatus.SUSPENDED, TenantStatus.ACTIVE, "its until passes");

    private final TenantStatus from;
    private final TenantStatus to;
    private final String when;

    SelfMove(TenantStatus from, TenantStatus to, String when) {
        this.from = from;
        this.to = to;
        this.when = when;
    }

    TenantStatus from() {
        return from;
    }

    TenantStatus to() {
        return to;
    }

    /** When it comes, in a few words. */
    String when() {
        return when;
    }

    /** As it stands in refusals. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
