package com.misybot.tenancy.tenant;

import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.web.IfMatch;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The moves of a tenant that a run of provisioning makes, and the guards of what an operator may ask of one. Each move is a transaction in
 * the tenant's scope, or joins the one that writes the journal, and tells of itself.
 */
@Service
public class TenantProvisioning {

    private final ScopedTransactions transactions;
    private final TenantRepository tenants;
    private final EntityManager entities;
    private final ChangeTelling changes;
    private final Clock clock;

    TenantProvisioning(
            ScopedTransactions transactions,
            TenantRepository tenants,
            EntityManager entities,
            ChangeTelling changes,
            Clock clock) {
        this.transactions = transactions;
        this.tenants = tenants;
        this.entities = entities;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * Makes a tenant active for which everything is set up.
     *
     * @throws com.misybot.tenancy.web.ProblemException 409 {@code illegal_transition} where it is not {@code PROVISIONING}
     */
    public void activate(UUID id, Cause cause) {
        move(id, TenantChanges.PROVISIONED, (tenant, now) -> tenant.provisioned(cause, now), cause);
    }

    /**
     * Says of a tenant that it could not be set up.
     *
     * @param reason at most 500 characters, which everybody reads who reads the tenant
     * @throws com.misybot.tenancy.web.ProblemException 409 {@code illegal_transition} where it is not {@code PROVISIONING}
     */
    public void fail(UUID id, String reason, Cause cause) {
        move(
                id,
                TenantChanges.PROVISIONING_FAILED,
                (tenant, now) -> tenant.provisioningFailed(reason, cause, now),
                cause);
    }

    /**
     * Begins anew to set a tenant up, after that has failed.
     *
     * @param ifMatch the version of the tenant that the caller has seen, if it says so
     * @throws com.misybot.tenancy.web.ProblemException 412 {@code stale_version}, 409 {@code illegal_transition}
     */
    public void retry(UUID id, @Nullable IfMatch ifMatch, Cause cause) {
        move(
                id,
                TenantChanges.PROVISIONING_RETRIED,
                (tenant, now) -> {
                    require(tenant, ifMatch);
                    tenant.retryProvisioning(cause, now);
                },
                cause);
    }

    /**
     * Refuses to have the setting up of a tenant aborted where that is not being done.
     *
     * @param ifMatch the version of the tenant that the caller has seen, if it says so
     * @throws com.misybot.tenancy.web.ProblemException 412 {@code stale_version}, 409 {@code illegal_transition}
     */
    public void requireAbortable(UUID id, @Nullable IfMatch ifMatch) {
        transactions.change(Scope.tenant(id), () -> {
            var tenant = tenants.findById(id).orElseThrow();
            require(tenant, ifMatch);
            tenant.requireAbortable();
            return id;
        });
    }

    private void move(UUID id, String type, BiConsumer<Tenant, Instant> move, Cause cause) {
        transactions.change(Scope.tenant(id), () -> {
            var tenant = tenants.findById(id).orElseThrow();
            var before = tenant.standing();
            move.accept(tenant, clock.instant());
            Failures.flush(entities);
            changes.tell(
                    tenant,
                    type,
                    tenant.standing().movedFrom(before),
                    cause,
                    tenant.revision().updatedAt());
            return id;
        });
    }

    private static void require(Tenant tenant, @Nullable IfMatch ifMatch) {
        if (ifMatch != null) {
            ifMatch.require(tenant.revision().version());
        }
    }
}
