package com.misybot.tenancy.lifecycle;

import com.misybot.tenancy.kernel.TenantId;
import java.time.Duration;
import java.util.UUID;

/**
 * What a module sets up for a new tenant. One bean a step; {@code provisioning} takes the steps of a run in their order, makes the tenant
 * active after the last of them, and undoes them in reverse order where one fails for good. It keeps a journal of them, in
 * {@code docs/provisioning.md}.
 *
 * <p>A step may run more than once: after a crash, after {@link Outcome.Retry}, and beside itself where an instance was stopped and wakes up
 * after another one has taken the run over. So it has to bear repetition: what it makes is there once, however often it ran. What
 * cannot be told by its name or key alone is told by {@link Provisioned#key()}, which is the same for every attempt.
 */
public interface ProvisioningStep {

    /** What it is called in journals and answers, unique, in words of {@code [a-z0-9-]}; it stands in rows and never changes its meaning. */
    String name();

    /**
     * Where it stands among the others, smallest first. Steps that are {@link #recorded()} and stand next to each other share a
     * transaction. Taken: 100 namespaces, 200 collections of the plan, 800 the mirror; 300 to 700 are for keys, policies and retention.
     */
    int order();

    /**
     * Whether all that it does is in PostgreSQL in the scope of the tenant. {@link #run} and {@link #compensate} are then called in the
     * transaction that writes the journal, and both are there or neither. Other steps are called without a transaction, between
     * the entry that they have begun and the entry of what came of it.
     */
    default boolean recorded() {
        return false;
    }

    /**
     * Sets up. Raising anything is an attempt that failed, like {@link Outcome.Retry}.
     *
     * @param tenant for whom
     */
    Outcome run(Provisioned tenant);

    /**
     * Takes away what {@link #run} has made, as far as it came; nothing there is nothing to do. What the tenant has made of it since
     * is left alone. {@link Outcome.Failed} leaves it as it is, and the run says so.
     */
    Outcome compensate(Provisioned tenant);

    /**
     * The tenant that is set up. It is {@code PROVISIONING} meanwhile: nobody resolves it or authenticates as it.
     *
     * @param id its UUID
     * @param tenantId its slug
     * @param run the run
     * @param step the name of the step
     * @param attempt which attempt at the step this is, counted from 1
     */
    record Provisioned(UUID id, TenantId tenantId, UUID run, String step, int attempt) {

        /** The same for every attempt at this step of this run, and for no other. */
        public String key() {
            return run + ":" + step;
        }
    }

    /** What came of an attempt. */
    sealed interface Outcome {

        /** It is done. */
        static Outcome completed() {
            return Completed.DONE;
        }

        /** It cannot be done now: another attempt is made after this time or later, a bounded number of times. */
        static Outcome retry(Duration after, String reason) {
            return new Retry(after, reason);
        }

        /** It cannot be done at all: what was done so far is undone. */
        static Outcome failed(String reason) {
            return new Failed(reason);
        }

        /** It is done. */
        record Completed() implements Outcome {
            private static final Completed DONE = new Completed();
        }

        /**
         * It cannot be done now.
         *
         * @param after the least wait; the run waits longer the more often it has tried
         * @param reason a sentence that operators read, without values or secrets
         */
        record Retry(Duration after, String reason) implements Outcome {}

        /**
         * It cannot be done at all.
         *
         * @param reason a sentence that operators read, without values or secrets
         */
        record Failed(String reason) implements Outcome {}
    }
}
