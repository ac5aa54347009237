package com.misybot.tenancy.web;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;

/** Deletes idempotency records that have expired, as the keeper. Meant to be called about once an hour. */
public final class ExpiredIdempotencyRecords {

    private static final int BATCH = 5_000;

    private final ScopedTransactions transactions;
    private final IdempotencyRecords records;

    ExpiredIdempotencyRecords(ScopedTransactions transactions, IdempotencyRecords records) {
        this.transactions = transactions;
        this.records = records;
    }

    /** Deletes them in transactions of 5,000 rows; answers how many there were. */
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
