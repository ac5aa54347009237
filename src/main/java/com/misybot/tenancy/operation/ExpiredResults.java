package com.misybot.tenancy.operation;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.operation.job.RecurringJob;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Deletes the results of operations that are gone, each in a transaction of its tenant. */
public final class ExpiredResults implements RecurringJob {

    private static final int BATCH = 1_000;

    private final List<TenantResults> kinds;
    private final OperationStore operations;
    private final ScopedTransactions transactions;

    ExpiredResults(List<TenantResults> kinds, OperationStore operations, ScopedTransactions transactions) {
        this.kinds = kinds;
        this.operations = operations;
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "operation.expired-results";
    }

    @Override
    public Recurrence recurrence() {
        return Recurrence.every(Duration.ofHours(1));
    }

    @Override
    public void run(JobRun run) {
        for (var results : kinds) {
            for (var operation : gone(results)) {
                delete(results, operation, run);
            }
        }
    }

    private List<UUID> gone(TenantResults results) {
        return transactions.read(
                Scope.platform(),
                () -> results.operations().stream()
                        .filter(operation -> operations.find(operation) == null)
                        .toList());
    }

    private void delete(TenantResults results, UUID operation, JobRun run) {
        while (true) {
            var tenants = transactions.read(Scope.platform(), () -> results.tenants(operation, BATCH));
            if (tenants.isEmpty()) {
                return;
            }
            for (var tenant : tenants) {
                run.checkpoint();
                transactions.change(Scope.tenant(tenant), () -> {
                    results.delete(tenant, operation);
                    return tenant;
                });
            }
        }
    }
}
