package com.misybot.tenancy.operation;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done.
 *
 * @param kind which {@link OperationHandler} does it; also where the work is done already
 * @param owner whose row the report is, and the scope the run begins in: the tenant, or {@link Scope#platformRows()} where no
 *     one tenant is meant or the report must outlive the tenant
 * @param tenantId the tenant it is about, also where the owner is the platform
 * @param createdBy who asked for it
 * @param input what the handler needs beside the id, kept as JSON; nothing secret, nothing large
 */
public record OperationOrder(
        String kind,
        Scope.Tenant owner,
        @Nullable TenantId tenantId,
        Actor createdBy,
        @Nullable Object input) {

    /** An order without input. */
    public static OperationOrder of(String kind, Scope.Tenant owner, @Nullable TenantId tenantId, Actor createdBy) {
        return new OperationOrder(kind, owner, tenantId, createdBy, null);
    }

    /** The same order with this input. */
    public OperationOrder with(Object itsInput) {
        return new OperationOrder(kind, owner, tenantId, createdBy, itsInput);
    }
}
