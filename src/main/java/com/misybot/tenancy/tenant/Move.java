package com.misybot.tenancy.tenant;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a caller may ask of a tenant's life. */
enum Move {
    PROVISION(TenantStatus.PROVISIONING),
    RETRY(TenantStatus.PROVISIONING),
    ABORT(TenantStatus.PROVISIONING_FAILED),
    ACTIVATE(TenantStatus.ACTIVE),
    SUSPEND(TenantStatus.SUSPENDED),
    RESUME(TenantStatus.ACTIVE),
    DEACTIVATE(TenantStatus.DEACTIVATED),
    DELETE(TenantStatus.PENDING_DELETION),
    /** Leads to what was before. */
    RESTORE(null);

    private final @Nullable TenantStatus target;

    Move(@Nullable TenantStatus target) {
        this.target = target;
    }

    /** As it stands in paths and in {@code allowed} of a refusal. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * What a tenant is after it.
     *
     * @throws IllegalStateException for {@link #RESTORE}, which leads to what was before
     */
    TenantStatus target() {
        if (target == null) {
            throw new IllegalStateException("This move leads to what was before: " + this);
        }
        return target;
    }
}
