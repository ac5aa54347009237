package com.misybot.tenancy.operation;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.operation.job.JobInterrupted;
import com.misybot.tenancy.web.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A piece of long work and its report. Immutable: each move answers the operation after it, one version later, and raises
 * where the present state does not allow it.
 *
 * @param id a UUIDv7
 * @param owner whose row it is
 * @param kind what is done, such as {@code tenant.import}
 * @param tenantId the tenant it is about
 * @param cancellable whether its work can stop half-way
 * @param createdBy who asked for it, as {@link com.misybot.tenancy.kernel.Actor#toString()} writes it
 * @param createdAt when
 * @param state everything that changes
 */
public record Operation(
        UUID id,
        Scope.Tenant owner,
        String kind,
        @Nullable TenantId tenantId,
        boolean cancellable,
        String createdBy,
        Instant createdAt,
        State state) {

    static final long FIRST_VERSION = 1;

    /**
     * Everything that changes.
     *
     * @param status how far it is
     * @param progress how much is done
     * @param steps its named parts, in order
     * @param result what came of it
     * @param error why it failed
     * @param startedAt when its first run began
     * @param cancelRequestedAt when somebody asked its run to stop
     * @param endedAt when it ended
     * @param fence which run may write; grows with every run
     * @param version grows with every change
     */
    public record State(
            OperationStatus status,
            Progress progress,
            List<Step> steps,
            @Nullable JsonNode result,
            @Nullable Failure error,
            @Nullable Instant startedAt,
            @Nullable Instant cancelRequestedAt,
            @Nullable Instant endedAt,
            long fence,
            long version) {

        public State {
            steps = List.copyOf(steps);
        }

        private State ended(OperationStatus how, @Nullable JsonNode itsResult, @Nullable Failure why, Instant now) {
            var itsSteps =
                    steps.stream().map(step -> step.endWith(how, why, now)).toList();
            return new State(
                    how, progress, itsSteps, itsResult, why, startedAt, cancelRequestedAt, now, fence, version + 1);
        }

        private State reporting(Progress itsProgress, List<Step> itsSteps) {
            return new State(
                    status,
                    itsProgress,
                    itsSteps,
                    result,
                    error,
                    startedAt,
                    cancelRequestedAt,
                    endedAt,
                    fence,
                    version + 1);
        }
    }

    static Operation pending(UUID id, OperationOrder order, List<String> steps, boolean cancellable, Instant now) {
        var state = new State(
                OperationStatus.PENDING,
                Progress.NONE,
                steps.stream().map(Step::pending).toList(),
                null,
                null,
                null,
                null,
                null,
                0,
                FIRST_VERSION);
        return ordered(id, order, cancellable, now, state);
    }

    private static Operation ordered(UUID id, OperationOrder order, boolean cancellable, Instant now, State state) {
        return new Operation(
                id,
                order.owner(),
                order.kind(),
                order.tenantId(),
                cancellable,
                order.createdBy().toString(),
                now,
                state);
    }

    /** The strong version of what a client sees. */
    public long version() {
        return state.version;
    }

    /** How far it is. */
    public OperationStatus status() {
        return state.status;
    }

    boolean cancelRequested() {
        return state.cancelRequestedAt != null;
    }

    /** A run takes the work up, for the first time or after another one. */
    Operation begin(long fence, Instant now) {
        if (status().hasEnded() || fence < state.fence) {
            throw lost();
        }
        return with(new State(
                OperationStatus.RUNNING,
                state.progress,
                state.steps,
                null,
                null,
                state.startedAt == null ? now : state.startedAt,
                state.cancelRequestedAt,
                null,
                fence,
                state.version + 1));
    }

    /** Answers itself where this run may write. */
    Operation confirm(long fence) {
        requireRun(fence);
        return this;
    }

    Operation report(long fence, Progress progress, List<Step> steps) {
        requireRun(fence);
        return with(state.reporting(progress, steps));
    }

    Operation step(long fence, String name, UnaryOperator<Step> move) {
        requireRun(fence);
        var steps = new ArrayList<>(state.steps);
        for (var i = 0; i < steps.size(); i++) {
            if (steps.get(i).name().equals(name)) {
                steps.set(i, move.apply(steps.get(i)));
                return with(state.reporting(state.progress, steps));
            }
        }
        steps.add(move.apply(Step.pending(name)));
        return with(state.reporting(state.progress, steps));
    }

    Operation succeed(long fence, @Nullable JsonNode result, Instant now) {
        requireRun(fence);
        return with(state.ended(OperationStatus.SUCCEEDED, result, null, now));
    }

    Operation fail(long fence, Failure why, Instant now) {
        if (status().hasEnded() || fence < state.fence) {
            throw lost();
        }
        return with(state.ended(OperationStatus.FAILED, null, why, now));
    }

    Operation stopAsAsked(long fence, Instant now) {
        requireRun(fence);
        return with(state.ended(OperationStatus.CANCELLED, null, null, now));
    }

    /** Cancels it where no run has begun, else asks its run to stop; asking twice changes nothing. */
    Operation cancel(Instant now) {
        if (status().hasEnded()) {
            throw new ProblemException(
                    OperationProblem.OPERATION_ENDED,
                    "The operation is " + status() + " already: there is nothing left to cancel.");
        }
        if (!cancellable) {
            throw new ProblemException(
                    OperationProblem.OPERATION_NOT_CANCELLABLE,
                    "Work of the kind " + kind + " goes on to its end: wait for it.");
        }
        if (status() == OperationStatus.PENDING) {
            return with(state.ended(OperationStatus.CANCELLED, null, null, now));
        }
        return cancelRequested()
                ? this
                : with(new State(
                        state.status,
                        state.progress,
                        state.steps,
                        null,
                        null,
                        state.startedAt,
                        now,
                        null,
                        state.fence,
                        state.version + 1));
    }

    private void requireRun(long fence) {
        if (status() != OperationStatus.RUNNING || fence != state.fence) {
            throw lost();
        }
    }

    private JobInterrupted lost() {
        return new JobInterrupted("Operation " + id + " was ended or taken over by another run");
    }

    private Operation with(State next) {
        return new Operation(id, owner, kind, tenantId, cancellable, createdBy, createdAt, next);
    }
}
