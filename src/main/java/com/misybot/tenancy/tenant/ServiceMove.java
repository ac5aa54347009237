package com.misybot.tenancy.tenant;

import com.fasterxml.jackson.annotation.JsonValue;
import com.misybot.tenancy.kernel.Cause;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A move into service or out of it: what can be asked of many tenants at once. */
public enum ServiceMove {
    SUSPEND(TenantStatus.SUSPENDED, true) {
        @Override
        void apply(Tenant tenant, @Nullable Instant until, Cause cause, Instant now) {
            tenant.suspend(until, cause, now);
        }
    },
    RESUME(TenantStatus.ACTIVE, false) {
        @Override
        void apply(Tenant tenant, @Nullable Instant until, Cause cause, Instant now) {
            tenant.resume(cause, now);
        }
    },
    ACTIVATE(TenantStatus.ACTIVE, false) {
        @Override
        void apply(Tenant tenant, @Nullable Instant until, Cause cause, Instant now) {
            tenant.activate(cause, now);
        }
    },
    DEACTIVATE(TenantStatus.DEACTIVATED, true) {
        @Override
        void apply(Tenant tenant, @Nullable Instant until, Cause cause, Instant now) {
            tenant.deactivate(cause, now);
        }
    };

    private final TenantStatus target;
    private final boolean reasonRequired;

    ServiceMove(TenantStatus target, boolean reasonRequired) {
        this.target = target;
        this.reasonRequired = reasonRequired;
    }

    /** As it stands in paths and bodies. */
    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a tenant is after it. */
    public TenantStatus target() {
        return target;
    }

    /** Whether it is refused without a reason. */
    public boolean isReasonRequired() {
        return reasonRequired;
    }

    abstract void apply(Tenant tenant, @Nullable Instant until, Cause cause, Instant now);
}
