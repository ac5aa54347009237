package com.misybot.tenancy.operation.job;

import com.misybot.tenancy.kernel.Scope;

/** One attempt at a job, as its handler sees it. */
public interface JobRun {

    /** Which job. */
    JobId id();

    /** The scope it works in, which is bound already. */
    default Scope.Tenant scope() {
        return id().scope();
    }

    /** Which attempt this is, counted from 1. */
    int attempt();

    /** Grows with every attempt: what a later attempt writes down an earlier one can be refused by. */
    long fence();

    /**
     * Asks for a pause in the work: call it between steps.
     *
     * @throws JobInterrupted where the service is stopping or this run is known to have lost its job; let it pass, another
     *     run takes over at once
     */
    void checkpoint();

    /**
     * Makes sure that this run still owns the job, and that the job is due by the clock of the database. Call it in the
     * transaction that records the outcome, begun by {@link com.misybot.tenancy.kernel.ScopedTransactions#change} in
     * {@link #scope()}: the tenant's lock, which a successor takes too, then makes check and record one step.
     *
     * @throws JobInterrupted where the job was taken over, or is not due yet and stays for when it is: the transaction has to
     *     be rolled back, so let it pass
     */
    void confirm();
}
