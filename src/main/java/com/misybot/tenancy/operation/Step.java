package com.misybot.tenancy.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A named part of an operation, done once however often the operation is resumed.
 *
 * @param name what it is called, unique in its operation
 * @param status how far it is
 * @param attempts how often it was begun
 * @param startedAt when it was begun last
 * @param endedAt when it ended last
 * @param error why its last attempt failed
 */
public record Step(
        String name,
        Status status,
        int attempts,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Failure error) {

    /** How far a step is. */
    public enum Status {
        PENDING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED
    }

    static Step pending(String name) {
        return new Step(name, Status.PENDING, 0, null, null, null);
    }

    boolean succeeded() {
        return status == Status.SUCCEEDED;
    }

    Step begin(Instant now) {
        return new Step(name, Status.RUNNING, attempts + 1, now, null, null);
    }

    Step succeed(Instant now) {
        return new Step(name, Status.SUCCEEDED, attempts, startedAt, now, null);
    }

    /** Ends with its operation, where it was running. */
    Step endWith(OperationStatus operation, @Nullable Failure why, Instant now) {
        if (status != Status.RUNNING) {
            return this;
        }
        return switch (operation) {
            case CANCELLED -> new Step(name, Status.CANCELLED, attempts, startedAt, now, null);
            case FAILED -> new Step(name, Status.FAILED, attempts, startedAt, now, why);
            case PENDING, RUNNING, SUCCEEDED -> this;
        };
    }

    Step fail(Instant now, Failure why) {
        return new Step(name, Status.FAILED, attempts, startedAt, now, why);
    }
}
