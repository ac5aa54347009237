package com.misybot.tenancy.operation;

import com.misybot.tenancy.kernel.Scope;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run of an operation, as its handler sees it. For the thread of the handler alone.
 *
 * <p>Every method that reports raises where the run has to end, and what it raises has to pass through the handler:
 * {@link OperationCancelled} where somebody asked for it, {@link com.misybot.tenancy.operation.job.JobInterrupted} where this
 * instance is stopping or another one has taken the work over.
 */
public interface OperationRun {

    /** The operation. */
    UUID id();

    /** The scope of its owner, which is bound already. */
    Scope.Tenant scope();

    /** Which run this is, counted from 1. */
    int attempt();

    /** Grows with every run: what a later run writes down an earlier one can be refused by. */
    long fence();

    /** What was ordered with it. */
    <T> @Nullable T input(Class<T> type);

    /** What was reported as done so far, also by runs before this one. */
    Progress progress();

    /**
     * Reports how much is done of how much. Cheap: what comes before {@code tenancy.operation.report-interval} is over, or
     * inside a transaction, is kept and written later.
     *
     * @param done in all, runs before this one included
     * @param total where it is known
     */
    void progress(long done, @Nullable Long total);

    /**
     * Reports all steps as they are, for a handler that keeps a journal of them itself. As cheap as {@link #progress(long, Long)}, and
     * with the progress that the steps tell.
     */
    void steps(List<Step> steps);

    /** Does a step and records it, unless a run before has done it. Two runs may do it at once; one of them records it. */
    void step(String name, Runnable work);

    /** Raises where the run has to end. Call it between batches of what is not divided into steps. */
    void checkpoint();

    /**
     * Raises where another run has taken the work over. Call it in a transaction in {@link #scope()} that records an outcome,
     * and check and record are one.
     */
    void confirm();
}
