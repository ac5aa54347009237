package com.misybot.tenancy.isolation.redis;

/** What can happen to the namespaces of a tenant, as {@link com.misybot.tenancy.kernel.Change#type()} tells it. The subject is the store. */
public final class NamespaceChanges {

    /** A password was issued; the one before ended. */
    public static final String ISSUED = "namespace.credentials_issued";

    /** The password ended. */
    public static final String REVOKED = "namespace.credentials_revoked";

    /** Everything in it is being deleted. */
    public static final String EMPTYING = "namespace.emptying";

    private NamespaceChanges() {}
}
