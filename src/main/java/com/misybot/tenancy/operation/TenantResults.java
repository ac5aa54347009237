package com.misybot.tenancy.operation;

import java.util.List;
import java.util.UUID;

/** What a kind of operation leaves behind for each tenant, in a table of its own: it is deleted when the operation is gone. One bean a kind. */
public interface TenantResults {

    /** The operations that have results. In the platform's scope. */
    List<UUID> operations();

    /** Some of the tenants that an operation has results of. In the platform's scope. */
    List<UUID> tenants(UUID operation, int limit);

    /** Deletes what an operation has left behind for a tenant. In the tenant's scope. */
    void delete(UUID tenant, UUID operation);
}
