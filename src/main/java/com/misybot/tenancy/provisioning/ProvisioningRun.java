package com.misybot.tenancy.provisioning;

import com.misybot.tenancy.operation.job.JobInterrupted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run of provisioning and its journal. Immutable: each move answers the run after it.
 *
 * @param tenant who is set up
 * @param id of the run, and of the operation that reports on it
 * @param state how far it is
 * @param reason why it failed, or is going to
 * @param createdAt when it was asked for
 * @param createdBy by whom
 * @param startedAt when it was begun first
 * @param endedAt when it ended
 * @param abort that somebody wants it to be given up
 * @param fence of its present owner
 * @param steps those that have been begun, in their order
 */
public record ProvisioningRun(
        UUID tenant,
        UUID id,
        RunState state,
        @Nullable String reason,
        Instant createdAt,
        String createdBy,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Abort abort,
        long fence,
        List<RunStep> steps) {

    /** Longest reason. */
    static final int LONGEST_REASON = 500;

    public ProvisioningRun {
        steps = List.copyOf(steps);
        reason = cut(reason);
    }

    /**
     * That somebody wants a run to be given up.
     *
     * @param at since when
     * @param by who
     * @param reason why
     */
    public record Abort(Instant at, String by, @Nullable String reason) {}

    static ProvisioningRun pending(UUID tenant, UUID id, String createdBy, Instant now) {
        return new ProvisioningRun(tenant, id, RunState.PENDING, null, now, createdBy, null, null, null, 0, List.of());
    }

    /** The journal of a step; empty where it has not been begun. */
    Optional<RunStep> step(String name) {
        return steps.stream().filter(step -> step.name().equals(name)).findFirst();
    }

    boolean isCompleted(String name) {
        return step(name)
                .filter(step -> step.state() == RunStep.State.COMPLETED)
                .isPresent();
    }

    /** The last one that is not undone yet. */
    Optional<RunStep> nextToUndo() {
        return steps.reversed().stream().filter(RunStep::isToBeUndone).findFirst();
    }

    /**
     * Belongs to this owner from now on, unless a later one has it.
     *
     * @throws JobInterrupted where it was taken over
     */
    ProvisioningRun taken(long by) {
        if (by < fence) {
            throw new JobInterrupted("Run " + id + " of provisioning was taken over");
        }
        return with(state, reason, startedAt, endedAt, abort, by, steps);
    }

    /** Somebody wants it to be given up; whoever came first is named. */
    ProvisioningRun aborted(Abort wanted) {
        return abort != null || state.hasEnded() ? this : with(state, reason, startedAt, endedAt, wanted, fence, steps);
    }

    ProvisioningRun running(Instant now) {
        return with(RunState.RUNNING, null, startedAt == null ? now : startedAt, null, abort, fence, steps);
    }

    /** Undoes what it has done, for this reason. */
    ProvisioningRun compensating(String why, Instant now) {
        return with(RunState.COMPENSATING, why, startedAt == null ? now : startedAt, null, abort, fence, steps);
    }

    ProvisioningRun succeeded(Instant now) {
        return with(RunState.SUCCEEDED, null, startedAt, now, abort, fence, steps);
    }

    ProvisioningRun failed(Instant now) {
        return with(RunState.FAILED, reason, startedAt, now, abort, fence, steps);
    }

    /** Another attempt at a step begins. */
    ProvisioningRun attempting(String name, int position, Instant now) {
        return with(step(name)
                .map(step -> step.again(fence, now))
                .orElseGet(() -> RunStep.first(name, position, fence, now)));
    }

    /** An attempt at undoing a step begins. */
    ProvisioningRun undoing(RunStep step, Instant now) {
        return with(step.undoing(fence, now));
    }

    /** An attempt, at a step or at undoing it, has ended. */
    ProvisioningRun ended(String name, RunStep.State how, @Nullable String why, Instant now) {
        return step(name)
                .map(step -> with(step.ended(how, cut(why), fence, now)))
                .orElse(this);
    }

    /** The same run with this journal. */
    ProvisioningRun with(List<RunStep> journal) {
        return with(state, reason, startedAt, endedAt, abort, fence, journal);
    }

    private ProvisioningRun with(RunStep changed) {
        var all = new ArrayList<>(steps);
        all.removeIf(step -> step.name().equals(changed.name()));
        var place = 0;
        while (place < all.size() && all.get(place).position() < changed.position()) {
            place++;
        }
        all.add(place, changed);
        return with(all);
    }

    private ProvisioningRun with(
            RunState itsState,
            @Nullable String why,
            @Nullable Instant began,
            @Nullable Instant end,
            @Nullable Abort wanted,
            long by,
            List<RunStep> itsSteps) {
        return new ProvisioningRun(tenant, id, itsState, why, createdAt, createdBy, began, end, wanted, by, itsSteps);
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON - 1) + "…";
    }
}
