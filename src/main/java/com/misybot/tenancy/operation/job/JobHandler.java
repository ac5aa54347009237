package com.misybot.tenancy.operation.job;

/**
 * What is done when a job of one kind is due. A module contributes a bean of this type for each kind.
 *
 * <p>A job runs at least once: an owner that dies is replaced within 7 s, and one that was only stopped runs on beside its
 * successor. So {@link #run} reads what is to do, does it in a way that may be repeated, and calls {@link JobRun#confirm()}
 * in the transaction that records the outcome. It runs on a virtual thread with the tenant's scope bound and no transaction
 * open; nothing long belongs into one.
 */
public interface JobHandler<T> {

    /** The kind of job it handles. */
    JobType<T> type();

    /** Does the work. Returning ends the job; raising repeats it by {@link #retries()}. */
    void run(JobRun run, T data) throws Exception;

    /** How it is repeated after a failure; by default until it succeeds. */
    default RetryPolicy retries() {
        return RetryPolicy.untilDone();
    }

    /**
     * Told when the last attempt allowed by {@link #retries()} has failed, in the tenant's scope, before the job is removed.
     * Raising here keeps the job and tells again later.
     */
    default void gaveUp(JobRun run, T data) {}
}
