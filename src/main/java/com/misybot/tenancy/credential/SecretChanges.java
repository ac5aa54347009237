package com.misybot.tenancy.credential;

/** What can happen to the secrets of a tenant, as {@link com.misybot.tenancy.kernel.Change#type()} tells it. */
public final class SecretChanges {

    /** A new secret was issued; what was there before ends after the overlap, or at once. The subject is the new one. */
    public static final String ROTATED = "secret.rotated";

    /** One secret ended at once. The subject is that secret. */
    public static final String REVOKED = "secret.revoked";

    /** Every secret ended at once. The subject is the UUID of the tenant. */
    public static final String ALL_REVOKED = "secret.all_revoked";

    private SecretChanges() {}
}
