package com.misybot.tenancy.operation.job;

import com.misybot.tenancy.kernel.Scope;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Puts jobs on the list, in the transaction that causes them: what is rolled back was never scheduled, what is committed is
 * done even if this process dies in the next instant. Once the transaction has committed, a job that is due is picked up at
 * once.
 */
public class Jobs {

    // The library's own client selects, inserts and catches, and so a duplicate aborts the surrounding transaction
    private static final String INSERT = """
            insert into scheduled_tasks (task_name, task_instance, task_data, execution_time, picked, version)
            values (?, ?, ?, coalesce(?, now()), false, 1)
            on conflict do nothing
            """;

    // Picking compares the version; a job that is being run has been picked
    private static final String HURRY = """
            update scheduled_tasks set execution_time = now(), version = version + 1
            where task_name = ? and task_instance = ? and not picked and execution_time > now()
            """;

    private final JdbcOperations jdbc;
    private final JobData data;
    private final WakeUp wakeUp;

    Jobs(JdbcOperations jdbc, JobData data, WakeUp wakeUp) {
        this.jdbc = jdbc;
        this.data = data;
        this.wakeUp = wakeUp;
    }

    /** Schedules a job that is due at once and carries nothing beside its id. */
    public boolean schedule(JobType<JobType.NoData> type, JobId id) {
        return insert(type, id, JobType.NoData.NONE, null);
    }

    /** Schedules a job that carries nothing beside its id. */
    public boolean schedule(JobType<JobType.NoData> type, JobId id, Instant at) {
        return insert(type, id, JobType.NoData.NONE, at);
    }

    /** Schedules a job that is due at once. */
    public <T> boolean schedule(JobType<T> type, JobId id, T payload) {
        return insert(type, id, payload, null);
    }

    /**
     * Schedules a job.
     *
     * @param at when it is due, by the clock of the database
     * @return whether it is new; {@code false} leaves the one that exists as it is
     * @throws IllegalStateException without a transaction, or in the scope of another tenant
     */
    public <T> boolean schedule(JobType<T> type, JobId id, T payload, Instant at) {
        return insert(type, id, payload, at);
    }

    /**
     * Has a job that waits for its time run at once, in a transaction of the platform's scope. One that runs, or is gone, is left as it is.
     *
     * @throws IllegalStateException in another scope: jobs that are there are the scheduler's
     */
    public void hurry(JobType<?> type, JobId id) {
        if (!Scope.current().equals(Scope.platform())) {
            throw new IllegalStateException("A tenant's scope adds jobs and changes none");
        }
        if (jdbc.update(HURRY, type.name(), id.toString()) > 0) {
            TransactionSynchronizationManager.registerSynchronization(wakeUp);
        }
    }

    private <T> boolean insert(JobType<T> type, JobId id, T payload, @Nullable Instant at) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("A job is scheduled in the transaction that causes it: begin one");
        }
        if (Scope.current() instanceof Scope.Tenant scope && !scope.tenant().equals(id.tenant())) {
            throw new IllegalStateException("A tenant's scope schedules jobs of that tenant only");
        }
        var added = jdbc.update(
                INSERT,
                type.name(),
                id.toString(),
                data.serialize(payload),
                at == null ? null : at.atOffset(ZoneOffset.UTC));
        TransactionSynchronizationManager.registerSynchronization(wakeUp);
        return added == 1;
    }

    /** Tells the scheduler of this process, after a commit and never before it, that something may be due. */
    static final class WakeUp implements TransactionSynchronization {

        private volatile Runnable check = () -> {};

        void to(Runnable check) {
            this.check = check;
        }

        void now() {
            check.run();
        }

        @Override
        public void afterCommit() {
            now();
        }
    }
}
