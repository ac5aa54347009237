package com.misybot.tenancy.operation;

import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.operation.job.RecurringJob;
import com.misybot.tenancy.web.ExpiredIdempotencyRecords;
import java.time.Duration;

/** Deletes what {@code web} keeps of answers beyond their time; here, because web knows of no jobs. */
record ExpiredRecordsJob(ExpiredIdempotencyRecords records) implements RecurringJob {

    @Override
    public String name() {
        return "web.expired-idempotency-records";
    }

    @Override
    public Recurrence recurrence() {
        return Recurrence.every(Duration.ofHours(1));
    }

    @Override
    public void run(JobRun run) {
        records.purge();
    }
}
