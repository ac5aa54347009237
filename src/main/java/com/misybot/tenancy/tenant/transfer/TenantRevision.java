package com.misybot.tenancy.tenant.transfer;

import com.misybot.tenancy.kernel.LogContext;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.tenant.Arrival;
import com.misybot.tenancy.tenant.Failures;
import com.misybot.tenancy.tenant.Tenant;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.tenant.transfer.ImportResult.Status;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemException;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Makes a tenant that exists what a line says, in a transaction of its own. */
final class TenantRevision {

    private final TenantService tenants;
    private final ScopedTransactions transactions;
    private final ImportOrder order;

    TenantRevision(TenantService tenants, ScopedTransactions transactions, ImportOrder order) {
        this.tenants = tenants;
        this.transactions = transactions;
        this.order = order;
    }

    ImportResult revise(long number, Arrival arrival, Tenant tenant) {
        return LogContext.about(tenant.tenantId(), () -> revised(number, arrival, tenant));
    }

    private ImportResult revised(long number, Arrival arrival, Tenant tenant) {
        var slug = tenant.tenantId().value();
        var problem = readOnly(arrival, tenant);
        if (problem != null) {
            return new ImportResult(number, Status.REFUSED, slug, problem);
        }
        if (arrival.registration().profile().changedFrom(tenant.profile()).isEmpty()) {
            return new ImportResult(number, Status.UNCHANGED, slug, null);
        }
        try {
            var changed = order.dryRun() ? rehearse(arrival, tenant) : replace(arrival, tenant);
            return new ImportResult(number, changed ? Status.UPDATED : Status.UNCHANGED, slug, null);
        } catch (RuntimeException e) {
            return new ImportResult(number, Status.REFUSED, slug, Failures.problem(e));
        }
    }

    private boolean replace(Arrival arrival, Tenant tenant) {
        var before = new long[1];
        var after = tenants.replace(
                tenant.id(),
                _ -> arrival.registration().profile(),
                found -> before[0] = found.revision().version(),
                order.reach(),
                order.cause());
        return after.revision().version() != before[0];
    }

    private boolean rehearse(Arrival arrival, Tenant tenant) {
        try {
            return transactions.change(Scope.tenant(tenant.id()), () -> {
                throw new Rehearsed(replace(arrival, tenant));
            });
        } catch (Rehearsed end) {
            return end.changed;
        }
    }

    /** What an import cannot change about a tenant, and would have to. */
    private static @Nullable Problem readOnly(Arrival arrival, Tenant tenant) {
        var errors = new ArrayList<FieldError>();
        var siteId = arrival.registration().siteId();
        if (siteId != null && !siteId.equals(tenant.siteId())) {
            errors.add(new FieldError(
                    "/siteId", FieldError.READ_ONLY, "The siteId of a tenant never changes: leave it out."));
        }
        if (arrival.status() != null && arrival.status() != tenant.standing().status()) {
            errors.add(
                    new FieldError(
                            "/status",
                            FieldError.READ_ONLY,
                            "An import does not move a tenant that exists: leave the status out, and move it by its own call."));
        }
        return errors.isEmpty() ? null : ProblemException.invalid(errors).problem();
    }

    /** Rolls the transaction back although nothing failed. */
    private static final class Rehearsed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final boolean changed;

        Rehearsed(boolean changed) {
            super(null, null, false, false);
            this.changed = changed;
        }
    }
}
