package com.misybot.tenancy.operation.job;

import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A run of a job that this instance has picked, known by the version that picking gave its row. */
final class PickedRun implements JobRun {

    private static final String DUE =
            "select ? <= now() from scheduled_tasks where task_name = ? and task_instance = ? and version = ? and picked";

    private final JobId id;
    private final Execution execution;
    private final ExecutionContext context;
    private final JdbcOperations jdbc;
    private boolean early;

    PickedRun(JobId id, ExecutionContext context, JdbcOperations jdbc) {
        this.id = id;
        this.execution = context.getExecution();
        this.context = context;
        this.jdbc = jdbc;
    }

    @Override
    public JobId id() {
        return id;
    }

    @Override
    public int attempt() {
        return execution.consecutiveFailures + 1;
    }

    @Override
    public long fence() {
        return execution.version;
    }

    @Override
    public void checkpoint() {
        if (stopping()) {
            throw new JobInterrupted("This instance is stopping");
        }
        var heartbeats = context.getCurrentlyExecuting().getHeartbeatState();
        if (heartbeats.getFailedHeartbeats() > 1 || heartbeats.getFractionDead() >= 1) {
            throw new JobInterrupted("Another instance counts this run as dead");
        }
    }

    @Override
    public void confirm() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "A run is confirmed in the transaction that records its outcome: begin one");
        }
        var due = jdbc.queryForList(
                DUE,
                Boolean.class,
                execution.executionTime.atOffset(ZoneOffset.UTC),
                execution.getTaskName(),
                execution.getId(),
                execution.version);
        if (due.isEmpty()) {
            throw new JobInterrupted("Another run has taken this job over");
        }
        early = !Boolean.TRUE.equals(due.getFirst());
        if (early) {
            throw new JobInterrupted("The clock of the database has been set back, and this job is not due yet");
        }
    }

    /** Whether this run came before its time. */
    boolean early() {
        return early;
    }

    boolean stopping() {
        return context.getSchedulerState().isShuttingDown();
    }
}
