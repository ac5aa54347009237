package com.misybot.tenancy.kernel;

import java.util.UUID;

/**
 * What a part of this process remembers of tenants for a moment. It is told when a tenant has changed, in this process or in another
 * one, so that nobody has to wait for the moment to pass; but not always: nobody may rely on being told.
 */
public interface TenantMemory {

    /** This tenant, or something of it, has changed: what was looked up before is over. Does not block. */
    void forget(UUID tenant);
}
