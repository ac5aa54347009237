package com.misybot.tenancy.operation;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.operation.job.RecurringJob;
import java.time.Duration;

/** Deletes operations that ended long ago, each in a transaction of its owner. */
final class ExpiredOperations implements RecurringJob {

    private static final int BATCH = 1_000;

    private final OperationStore store;
    private final ScopedTransactions transactions;
    private final Duration retention;

    ExpiredOperations(OperationStore store, ScopedTransactions transactions, Duration retention) {
        this.store = store;
        this.transactions = transactions;
        this.retention = retention;
    }

    @Override
    public String name() {
        return "operation.expired";
    }

    @Override
    public Recurrence recurrence() {
        return Recurrence.every(Duration.ofHours(1));
    }

    @Override
    public void run(JobRun run) {
        while (true) {
            var owners = transactions.read(Scope.platform(), () -> store.ownersOfExpired(retention, BATCH));
            if (owners.isEmpty()) {
                return;
            }
            for (var owner : owners) {
                run.checkpoint();
                transactions.change(Scope.tenant(owner), () -> store.deleteExpired(owner, retention));
            }
        }
    }
}
