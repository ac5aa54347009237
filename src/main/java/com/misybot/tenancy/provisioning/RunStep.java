package com.misybot.tenancy.provisioning;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step of a run, as the journal has it from the first attempt on.
 *
 * @param name of the step
 * @param position where it stood among the steps of its run
 * @param state how far it is
 * @param attempts how often it was tried
 * @param undoAttempts how often it was tried to undo it
 * @param fence under which it was written last
 * @param startedAt when the last attempt began
 * @param endedAt when the last attempt ended
 * @param reason why the last attempt came to nothing
 */
public record RunStep(
        String name,
        int position,
        State state,
        int attempts,
        int undoAttempts,
        long fence,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String reason) {

    /** How far a step is. */
    public enum State {
        /** An attempt has begun; whoever finds it so after a crash cannot know how far it came. */
        RUNNING,
        /** Another attempt is made later. */
        WAITING,
        COMPLETED,
        /** It was tried for the last time. */
        FAILED,
        /** It is being undone. */
        COMPENSATING,
        /** What it had set up is gone. */
        COMPENSATED,
        /** It could not be undone. */
        LEFT
    }

    /** A step that is tried for the first time. */
    static RunStep first(String name, int position, long fence, Instant now) {
        return new RunStep(name, position, State.RUNNING, 1, 0, fence, now, null, null);
    }

    /** Whether there is anything of it left to undo. */
    boolean isToBeUndone() {
        return state != State.COMPENSATED && state != State.LEFT;
    }

    RunStep again(long itsFence, Instant now) {
        return new RunStep(name, position, State.RUNNING, attempts + 1, undoAttempts, itsFence, now, null, null);
    }

    RunStep undoing(long itsFence, Instant now) {
        return new RunStep(name, position, State.COMPENSATING, attempts, undoAttempts + 1, itsFence, now, null, null);
    }

    RunStep ended(State how, @Nullable String why, long itsFence, Instant now) {
        return new RunStep(name, position, how, attempts, undoAttempts, itsFence, startedAt, now, why);
    }
}
