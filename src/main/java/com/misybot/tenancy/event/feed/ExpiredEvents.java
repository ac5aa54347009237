package com.misybot.tenancy.event.feed;

import com.misybot.tenancy.event.EventSettings;
import com.misybot.tenancy.event.OldEvents;
import com.misybot.tenancy.event.Position;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.operation.job.RecurringJob;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Deletes events that are older than the retention, in the order of the feed and in small transactions. Each time it is announced
 * first up to where, so that a reader who is not there yet is told instead of missing something. The last event of a tenant stays.
 */
@Component
class ExpiredEvents implements RecurringJob {

    private static final int BATCH = 5_000;

    private final OldEvents store;
    private final ScopedTransactions transactions;
    private final Duration retention;

    ExpiredEvents(OldEvents store, ScopedTransactions transactions, EventSettings settings) {
        this.store = store;
        this.transactions = transactions;
        this.retention = settings.retention();
    }

    @Override
    public String name() {
        return "event.expired";
    }

    @Override
    public Recurrence recurrence() {
        return Recurrence.every(Duration.ofHours(1));
    }

    @Override
    public void run(JobRun run) {
        prune(run::checkpoint);
    }

    /** Answers how many were deleted. */
    long prune(Runnable pause) {
        var deleted = 0L;
        for (var at = Position.START; ; ) {
            pause.run();
            var after = at;
            var expired = transactions.read(Scope.keeper(), () -> store.expired(after, retention, BATCH));
            if (expired.isEmpty()) {
                return deleted;
            }
            var last = expired.getLast();
            var gone = expired.stream().filter(OldEvents.Expired::hasSuccessor).toList();
            if (!gone.isEmpty()) {
                transactions.change(
                        Scope.platformRows(),
                        () -> store.announcePruned(gone.getLast().position()));
                deleted += transactions.change(Scope.keeper(), () -> store.delete(gone));
            }
            at = last.position();
        }
    }
}
