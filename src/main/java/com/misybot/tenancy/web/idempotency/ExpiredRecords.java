package com.misybot.tenancy.web.idempotency;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.web.ExpiredIdempotencyRecords;

/** Deletes expired records in small transactions. */
final class ExpiredRecords implements ExpiredIdempotencyRecords {

    private static final int BATCH = 5_000;

    private final ScopedTransactions transactions;
    private final IdempotencyRecords records;

    ExpiredRecords(ScopedTransactions transactions, IdempotencyRecords records) {
        this.transactions = transactions;
        this.records = records;
    }

    @Override
    public long purge() {
        long deleted = 0;
        int batch;
        do {
            batch = transactions.change(Scope.keeper(), () -> records.deleteExpired(BATCH));
            deleted += batch;
        } while (batch == BATCH);
        return deleted;
    }
}
