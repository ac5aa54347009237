package com.misybot.tenancy.provisioning;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Difference;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.operation.OperationOrder;
import com.misybot.tenancy.operation.Operations;
import com.misybot.tenancy.tenant.TenantProvisioning;
import com.misybot.tenancy.web.IfMatch;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** What operators do about runs of provisioning: look at them, begin one once more, have one given up. */
@Service
public class Provisioning {

    private final ProvisioningStore store;
    private final TenantProvisioning tenants;
    private final Operations operations;
    private final ScopedTransactions transactions;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Provisioning(
            ProvisioningStore store,
            TenantProvisioning tenants,
            Operations operations,
            ScopedTransactions transactions,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.tenants = tenants;
        this.operations = operations;
        this.transactions = transactions;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A part of all runs of a tenant, newest first.
     *
     * @param before the last one of the part before; null begins
     */
    public List<ProvisioningRun> list(UUID tenant, @Nullable UUID before, int limit) {
        return transactions.read(Scope.tenant(tenant), () -> store.list(tenant, before, limit));
    }

    /**
     * Begins a new run for a tenant whose last one failed. Its report belongs to the tenant, because the tenant and the run change
     * together.
     *
     * @throws com.misybot.tenancy.web.ProblemException 412 {@code stale_version}, 409 {@code illegal_transition}
     */
    public ProvisioningRun retry(UUID tenant, TenantId tenantId, @Nullable IfMatch ifMatch, Cause cause) {
        return transactions.change(Scope.tenant(tenant), () -> {
            tenants.retry(tenant, ifMatch, cause);
            var operation = operations.start(
                    OperationOrder.of(ProvisionTenant.KIND, Scope.tenant(tenant), tenantId, cause.actor())
                            .with(new ProvisionTenant.Order(tenant, tenantId.value())));
            var run = ProvisioningRun.pending(
                    tenant, operation.id(), cause.actor().toString(), clock.instant());
            store.insert(run);
            return run;
        });
    }

    /**
     * Has the present run given up as soon as its owner hears of it: what it has set up is undone, and it fails. Asking twice changes
     * nothing.
     *
     * @throws com.misybot.tenancy.web.ProblemException 412 {@code stale_version}, 409 {@code illegal_transition}
     */
    public ProvisioningRun abort(UUID tenant, @Nullable IfMatch ifMatch, Cause cause) {
        return transactions.change(Scope.tenant(tenant), () -> {
            tenants.requireAbortable(tenant, ifMatch);
            var present = store.findOpen(tenant);
            if (present == null) {
                throw new IllegalStateException("Tenant " + tenant + " is PROVISIONING without a run");
            }
            var now = clock.instant();
            var next =
                    present.aborted(new ProvisioningRun.Abort(now, cause.actor().toString(), cause.reason()));
            if (!next.equals(present)) {
                store.save(present, next);
                events.publishEvent(new Change(
                        UuidCreator.getTimeOrderedEpoch(),
                        tenant,
                        ProvisioningChanges.ABORT_REQUESTED,
                        next.id().toString(),
                        new TreeMap<>(Map.of("abortRequestedAt", Difference.of(null, now))),
                        cause,
                        now));
            }
            return next;
        });
    }

    /** Wakes the run of a tenant that waits, after {@link #abort} has committed. */
    public void hurry(UUID tenant) {
        var open = transactions.read(Scope.tenant(tenant), () -> store.findOpen(tenant));
        var operation = open == null ? null : operations.find(open.id());
        if (operation != null) {
            operations.hurry(operation);
        }
    }
}
