package com.misybot.tenancy.tenant;

/** What can happen to a tenant, as {@link com.misybot.tenancy.kernel.Change#type()} tells it. */
public final class TenantChanges {

    public static final String CREATED = "tenant.created";

    /** All is set up for a tenant, and it is active: the last thing that a run of provisioning does. */
    public static final String PROVISIONED = "tenant.provisioned";

    /** A run of provisioning failed, or was aborted, and what it had set up is undone. */
    public static final String PROVISIONING_FAILED = "provisioning.failed";

    /** What failed is tried once more. */
    public static final String PROVISIONING_RETRIED = "provisioning.retried";

    public static final String UPDATED = "tenant.updated";
    public static final String ACTIVATED = "tenant.activated";
    public static final String SUSPENDED = "tenant.suspended";
    public static final String RESUMED = "tenant.resumed";
    public static final String DEACTIVATED = "tenant.deactivated";
    public static final String DELETION_SCHEDULED = "tenant.deletion_scheduled";
    public static final String RESTORED = "tenant.restored";
    public static final String SESSIONS_ENDED = "sessions.ended";

    /** The {@code activeUntil} of a tenant will pass; {@code expiresWithin} says in how long at most. Its version stays. */
    public static final String EXPIRING = "tenant.expiring";

    /** The subject is the plan where that has changed, else the tenant's own slug. */
    public static final String LIMITS_CHANGED = "tenant.limits_changed";

    private TenantChanges() {}
}
