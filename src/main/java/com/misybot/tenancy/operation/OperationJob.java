package com.misybot.tenancy.operation;

import com.misybot.tenancy.kernel.LogContext;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.job.JobHandler;
import com.misybot.tenancy.operation.job.JobInterrupted;
import com.misybot.tenancy.operation.job.JobPostponed;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.operation.job.JobType;
import com.misybot.tenancy.operation.job.JobType.NoData;
import com.misybot.tenancy.operation.job.RetryPolicy;
import com.misybot.tenancy.web.ProblemException;
import java.time.Clock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job that carries the operations of one kind. Each kind has a name of its own among the jobs, so that an instance which
 * does not know a kind yet leaves its operations to those that do.
 */
final class OperationJob implements JobHandler<NoData> {

    private static final Logger LOG = LoggerFactory.getLogger(OperationJob.class);

    private final OperationHandler handler;
    private final OperationStore store;
    private final OperationJson json;
    private final Operations operations;
    private final ScopedTransactions transactions;
    private final Clock clock;
    private final OperationSettings settings;

    OperationJob(
            OperationHandler handler,
            OperationStore store,
            OperationJson json,
            Operations operations,
            ScopedTransactions transactions,
            Clock clock,
            OperationSettings settings) {
        this.handler = handler;
        this.store = store;
        this.json = json;
        this.operations = operations;
        this.transactions = transactions;
        this.clock = clock;
        this.settings = settings;
    }

    static JobType<NoData> type(String kind) {
        return JobType.named("operation." + kind);
    }

    @Override
    public JobType<NoData> type() {
        return type(handler.kind());
    }

    @Override
    public RetryPolicy retries() {
        var own = handler.retries();
        return own == null ? RetryPolicy.atMost(settings.retries()) : own;
    }

    @Override
    public void run(JobRun job, NoData none) throws Exception {
        var ordered = begin(job);
        if (ordered == null) {
            return;
        }
        var begun = ordered.operation();
        if (begun.tenantId() != null) {
            LogContext.tenant(begun.tenantId());
        }
        var run = new TrackedRun(job, begun, ordered.input(), this, json, clock, settings.reportInterval());
        try {
            run.checkpoint();
            var result = handler.run(run);
            run.end(operation -> operation.succeed(job.fence(), json.tree(result), clock.instant()));
        } catch (JobPostponed later) {
            run.report();
            throw later;
        } catch (OperationCancelled asked) {
            run.end(operation -> operation.stopAsAsked(job.fence(), clock.instant()));
        } catch (ProblemException refused) {
            if (refused.problem().code().status().is5xxServerError()) {
                throw refused;
            }
            LOG.info(
                    "Operation {} {} failed: {}",
                    handler.kind(),
                    begun.id(),
                    refused.problem().code().code());
            run.end(operation -> operation.fail(job.fence(), Failure.of(refused.problem()), clock.instant()));
        }
    }

    @Override
    public void gaveUp(JobRun job, NoData none) {
        try {
            update(job, operation -> operation.fail(job.fence(), OperationProblem.failedForGood(), clock.instant()));
        } catch (JobInterrupted ended) {
            LOG.info(
                    "Operation {} {} had ended before it was given up",
                    handler.kind(),
                    job.id().change());
        }
    }

    /** Null where there is nothing left to do. */
    private OperationStore.@Nullable Ordered begin(JobRun job) {
        return transactions.changeUntold(job.scope(), () -> {
            var ordered = store.lockOrdered(job.id().change());
            if (ordered == null || ordered.operation().status().hasEnded()) {
                return null;
            }
            var next = ordered.operation().begin(job.fence(), clock.instant());
            operations.save(ordered.operation(), next);
            return new OperationStore.Ordered(next, ordered.input());
        });
    }

    /**
     * Moves the operation on from what its run knows of it: it is read only where somebody else has moved it since, or there is nothing to write.
     *
     * @throws JobInterrupted where this run may not
     */
    Operation update(JobRun job, Operation known, UnaryOperator<Operation> move) {
        var next = move.apply(known);
        var isMoved = next.version() != known.version()
                && transactions.changeUntold(job.scope(), () -> operations.saveUnlessMoved(known, next));
        return isMoved ? next : update(job, move);
    }

    private Operation update(JobRun job, UnaryOperator<Operation> move) {
        return transactions.changeUntold(job.scope(), () -> {
            var present = present(job, store.lock(job.id().change()));
            var next = move.apply(present);
            if (next.version() != present.version()) {
                operations.save(present, next);
            }
            return next;
        });
    }

    /** Reads it anew, or raises where this run is over. */
    Operation confirmed(JobRun job) {
        return transactions.read(
                job.scope(), () -> present(job, store.find(job.id().change())).confirm(job.fence()));
    }

    private static Operation present(JobRun job, @Nullable Operation present) {
        if (present == null) {
            throw new JobInterrupted("Operation " + job.id().change() + " is gone");
        }
        return present;
    }
}
