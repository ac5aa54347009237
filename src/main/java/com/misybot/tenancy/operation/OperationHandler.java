package com.misybot.tenancy.operation;

import com.misybot.tenancy.operation.job.RetryPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Does the long work of one kind. A module contributes a bean of this type.
 *
 * <p>A run is repeated after a failure and taken over after the death of its owner, so that {@link #run} begins anew where
 * another run has left off: parts done by {@link OperationRun#step} are passed over, everything else must bear repetition.
 * It runs on a virtual thread with the scope of the owner bound and no transaction open. Nothing long belongs into one: each
 * step is a transaction of its own, or several.
 */
public interface OperationHandler {

    /** What it does: words of {@code [a-z0-9-]} with dots between them, beginning with the module's name. */
    String kind();

    /** The steps a client sees from the beginning; others appear when they begin. */
    default List<String> steps() {
        return List.of();
    }

    /** Whether it may be stopped half-way; where not, it must not be found half done by anybody. */
    default boolean cancellable() {
        return true;
    }

    /** How a failed run is repeated; null for what {@code tenancy.operation.retries} says. */
    default @Nullable RetryPolicy retries() {
        return null;
    }

    /**
     * Does the work. Raising a {@link com.misybot.tenancy.web.ProblemException} with a status below 500 ends the operation as
     * FAILED with that problem; raising anything else repeats the run.
     *
     * @return the result, kept as JSON and without secrets; null for none
     */
    @Nullable
    Object run(OperationRun run) throws Exception;
}
