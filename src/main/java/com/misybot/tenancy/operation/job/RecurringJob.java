package com.misybot.tenancy.operation.job;

import java.time.Duration;

/**
 * Work done again and again, by one instance at a time. A module contributes a bean of this type.
 *
 * <p>It runs on a virtual thread without a scope: it enters the ones it needs. A run that raises is logged, counted and
 * repeated when the next one is due. A dead owner is replaced as with any job, so it must bear repetition.
 */
public interface RecurringJob {

    /** Its name, by the rules of {@link JobType#name()}. */
    String name();

    /** When it is due. */
    Recurrence recurrence();

    /** Does the work; {@link JobRun#checkpoint()} belongs between its batches. */
    void run(JobRun run) throws Exception;

    /** When something is due again. */
    sealed interface Recurrence {

        /** So long after the end of the last run. */
        static Recurrence every(Duration delay) {
            return new Every(delay);
        }

        /** By a cron expression of Spring's six fields, in UTC: {@code 0 30 3 * * *}. */
        static Recurrence cron(String expression) {
            return new Cron(expression);
        }
    }

    /**
     * Due so long after the end of the last run.
     *
     * @param delay between the end of a run and the next
     */
    record Every(Duration delay) implements Recurrence {}

    /**
     * Due by the calendar.
     *
     * @param expression six fields, in UTC
     */
    record Cron(String expression) implements Recurrence {}
}
