package com.misybot.tenancy.provisioning;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.job.JobInterrupted;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The journal of one run, as one owner writes it. Each entry is a transaction under the tenant's lock that first makes sure that no later
 * owner has written: whoever was stopped and wakes up is refused, and with it all that its transaction has done.
 */
final class Journal {

    private final ProvisioningStore store;
    private final ScopedTransactions transactions;
    private final UUID tenant;
    private final UUID run;
    private final long fence;

    Journal(ProvisioningStore store, ScopedTransactions transactions, UUID tenant, UUID run, long fence) {
        this.store = store;
        this.transactions = transactions;
        this.tenant = tenant;
        this.run = run;
        this.fence = fence;
    }

    /**
     * Writes what has become of the run, together with what {@code work} does in PostgreSQL. A run that has ended stays as it is.
     *
     * @throws JobInterrupted where another owner has taken the run over
     */
    ProvisioningRun write(UnaryOperator<ProvisioningRun> work) {
        return transactions.change(Scope.tenant(tenant), () -> {
            var present = store.find(tenant, run);
            if (present == null) {
                throw new JobInterrupted("Run " + run + " of provisioning is gone");
            }
            var mine = present.taken(fence);
            if (mine.state().hasEnded()) {
                return mine;
            }
            var next = work.apply(mine);
            store.save(present, next);
            return next;
        });
    }
}
