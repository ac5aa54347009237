package com.misybot.tenancy.tenant.bulk;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.Operations;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.operation.job.RecurringJob;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Deletes the results of moves whose operations are gone, each in a transaction of its tenant. */
@Component
class ExpiredBulkResults implements RecurringJob {

    private static final int BATCH = 1_000;

    private final BulkResults results;
    private final Operations operations;
    private final ScopedTransactions transactions;

    ExpiredBulkResults(BulkResults results, Operations operations, ScopedTransactions transactions) {
        this.results = results;
        this.operations = operations;
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "tenant.expired-bulk-results";
    }

    @Override
    public Recurrence recurrence() {
        return Recurrence.every(Duration.ofHours(1));
    }

    @Override
    public void run(JobRun run) {
        for (var operation : transactions.read(Scope.platform(), results::operations)) {
            if (operations.find(operation) == null) {
                delete(operation, run);
            }
        }
    }

    private void delete(UUID operation, JobRun run) {
        while (true) {
            var batch = transactions.read(Scope.platform(), () -> results.list(operation, null, BATCH));
            if (batch.isEmpty()) {
                return;
            }
            for (var result : batch) {
                run.checkpoint();
                transactions.change(Scope.tenant(result.tenant()), () -> {
                    results.delete(result.tenant(), operation);
                    return result;
                });
            }
        }
    }
}
