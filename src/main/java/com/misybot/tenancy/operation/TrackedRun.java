package com.misybot.tenancy.operation;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.operation.job.JobInterrupted;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.web.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Writes down what a handler reports, under the fence of its run. */
final class TrackedRun implements OperationRun {

    private final JobRun job;
    private final OperationJob owner;
    private final OperationJson json;
    private final Clock clock;
    private final Duration reportInterval;
    private final @Nullable String input;
    private Operation operation;
    private Progress progress;
    private List<Step> steps;
    private Instant reportedAt;

    TrackedRun(
            JobRun job,
            Operation begun,
            @Nullable String input,
            OperationJob owner,
            OperationJson json,
            Clock clock,
            Duration reportInterval) {
        this.job = job;
        this.owner = owner;
        this.json = json;
        this.clock = clock;
        this.reportInterval = reportInterval;
        this.input = input;
        this.operation = begun;
        this.steps = begun.state().steps();
        this.progress = begun.state().progress();
        this.reportedAt = clock.instant();
    }

    @Override
    public UUID id() {
        return operation.id();
    }

    @Override
    public Scope.Tenant scope() {
        return job.scope();
    }

    @Override
    public int attempt() {
        return job.attempt();
    }

    @Override
    public long fence() {
        return job.fence();
    }

    @Override
    public <T> @Nullable T input(Class<T> type) {
        return json.read(input, type);
    }

    @Override
    public Progress progress() {
        return progress;
    }

    @Override
    public void progress(long done, @Nullable Long total) {
        progress = new Progress(done, total);
        checkpoint();
    }

    @Override
    public void steps(List<Step> now) {
        steps = List.copyOf(now);
        progress(now.stream().filter(Step::succeeded).count(), (long) now.size());
    }

    @Override
    public void step(String name, Runnable work) {
        if (operation.state().steps().stream().anyMatch(step -> step.name().equals(name) && step.succeeded())) {
            return;
        }
        raiseWhereCancelled();
        write(current -> current.step(job.fence(), name, step -> step.begin(clock.instant())));
        raiseWhereCancelled();
        try {
            work.run();
        } catch (JobInterrupted | OperationCancelled end) {
            throw end;
        } catch (RuntimeException failure) {
            var why = failure instanceof ProblemException refused
                    ? Failure.of(refused.problem())
                    : OperationProblem.failedAttempt();
            recordFailure(name, why, failure);
            throw failure;
        }
        write(current -> current.step(job.fence(), name, step -> step.succeed(clock.instant())));
    }

    @Override
    public void checkpoint() {
        job.checkpoint();
        var due = !clock.instant().isBefore(reportedAt.plus(reportInterval));
        if (due && !TransactionSynchronizationManager.isActualTransactionActive()) {
            if (isReported(operation)) {
                operation = owner.confirmed(job);
                reportedAt = clock.instant();
            } else {
                report();
            }
        }
        raiseWhereCancelled();
    }

    @Override
    public void confirm() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "A run is confirmed in the transaction that records its outcome: begin one");
        }
        owner.confirmed(job);
    }

    /** Writes what was reported and is not written yet. */
    void report() {
        write(UnaryOperator.identity());
    }

    void end(UnaryOperator<Operation> move) {
        write(move);
    }

    private void write(UnaryOperator<Operation> move) {
        operation = owner.update(job, operation, current -> move.apply(reporting(current)));
        steps = operation.state().steps();
        reportedAt = clock.instant();
    }

    private Operation reporting(Operation current) {
        return isReported(current) ? current : current.report(job.fence(), progress, steps);
    }

    private boolean isReported(Operation current) {
        return progress.equals(current.state().progress())
                && steps.equals(current.state().steps());
    }

    private void recordFailure(String step, Failure why, RuntimeException failure) {
        try {
            write(current -> current.step(job.fence(), step, it -> it.fail(clock.instant(), why)));
        } catch (RuntimeException unrecorded) {
            failure.addSuppressed(unrecorded);
        }
    }

    private void raiseWhereCancelled() {
        if (operation.cancelRequested()) {
            throw new OperationCancelled();
        }
    }
}
