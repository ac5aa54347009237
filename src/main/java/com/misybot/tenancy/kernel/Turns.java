package com.misybot.tenancy.kernel;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Who may change something now, in this process: one of each tenant, and so many in all. The others wait in the order in which they came, and hold
 * neither a connection nor a place meanwhile; so many changes leave connections and processors to those who read, and many changes
 * of one tenant leave places to the others (ADR 0107).
 */
final class Turns {

    private final Semaphore places;
    private final Duration wait;
    private final ConcurrentHashMap<UUID, Turn> turns = new ConcurrentHashMap<>();

    /**
     * Lets some in.
     *
     * @param places how many at once, at least 1
     * @param wait how long somebody waits for the turn of its tenant, and again for a place
     */
    Turns(int places, Duration wait) {
        this.places = new Semaphore(places, true);
        this.wait = wait;
    }

    /** Of one tenant, while somebody has it or waits for it. */
    private static final class Turn {
        private final Semaphore free = new Semaphore(1, true);
        private int wanted;
    }

    /**
     * Does it when it is the tenant's turn and a place is free.
     *
     * @throws CannotCreateTransactionException where that takes too long, or the wait was interrupted
     */
    <T extends @Nullable Object> T take(UUID tenant, Supplier<T> work) {
        var turn = turns.compute(tenant, (_, present) -> {
            var wanted = present == null ? new Turn() : present;
            wanted.wanted++;
            return wanted;
        });
        try {
            return take(turn.free, () -> take(work));
        } finally {
            turns.computeIfPresent(tenant, (_, present) -> --present.wanted == 0 ? null : present);
        }
    }

    /**
     * Does it when a place is free.
     *
     * @throws CannotCreateTransactionException where that takes too long, or the wait was interrupted
     */
    <T extends @Nullable Object> T take(Supplier<T> work) {
        return take(places, work);
    }

    private <T extends @Nullable Object> T take(Semaphore free, Supplier<T> work) {
        try {
            if (!free.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new CannotCreateTransactionException("The turn of a change did not come within " + wait);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotCreateTransactionException("Interrupted while a change waited for its turn", e);
        }
        try {
            return work.get();
        } finally {
            free.release();
        }
    }
}
