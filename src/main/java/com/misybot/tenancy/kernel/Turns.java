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
 * Who may change something now, in this process: one of each tenant, and so many in all. The others wait in the order in which they came and hold
 * no connection meanwhile, so that many changes leave connections and processors to those who read, many changes of one
 * tenant leave places to the others, and jobs leave places to requests (ADR 0107).
 */
public final class Turns {

    private static final ScopedValue<Boolean> BACKGROUND = ScopedValue.newInstance();

    private final Semaphore platform;
    private final Semaphore background;
    private final Semaphore all;
    private final Duration wait;
    private final ConcurrentHashMap<UUID, Turn> turns = new ConcurrentHashMap<>();

    /**
     * Lets some in.
     *
     * @param few places of changes that belong to no tenant, and again of changes of tenants that nobody waits for; at least 1
     * @param all places of changes of tenants; at least 1
     * @param wait how long somebody waits for the turn of its tenant, and again for each place
     */
    public Turns(int few, int all, Duration wait) {
        this.platform = new Semaphore(few, true);
        this.background = new Semaphore(few, true);
        this.all = new Semaphore(all, true);
        this.wait = wait;
    }

    /** Of one tenant, while somebody has it or waits for it. */
    private static final class Turn {
        private final Semaphore free = new Semaphore(1, true);
        private int wanted;
        private volatile long takenAt;
    }

    /** Does something whose changes nobody waits for. */
    public static <T extends @Nullable Object> T inBackground(Supplier<T> work) {
        return ScopedValue.where(BACKGROUND, true).<T, RuntimeException>call(work::get);
    }

    /** Whether this is work whose changes nobody waits for. */
    public static boolean isInBackground() {
        return BACKGROUND.isBound();
    }

    /**
     * Does it when there is a place.
     *
     * @param isOne whether it also waits for the turn of its tenant; goes on without it where somebody has had that for longer than a wait
     * @throws CannotCreateTransactionException where that takes too long, or the wait was interrupted
     */
    <T extends @Nullable Object> T take(Scope scope, boolean isOne, Supplier<T> work) {
        if (!(scope instanceof Scope.Tenant tenant)) {
            return in(platform, work);
        }
        Supplier<T> placed = isInBackground() ? () -> in(background, () -> in(all, work)) : () -> in(all, work);
        return isOne ? inTurn(tenant.tenant(), placed) : placed.get();
    }

    private <T extends @Nullable Object> T inTurn(UUID tenant, Supplier<T> work) {
        var turn = turns.compute(tenant, (_, present) -> {
            var wanted = present == null ? new Turn() : present;
            wanted.wanted++;
            return wanted;
        });
        try {
            if (!enter(turn.free)) {
                if (System.nanoTime() - turn.takenAt > wait.toNanos()) {
                    return work.get(); // whoever has it does not come back: the lock in the database decides
                }
                throw tooLate();
            }
            turn.takenAt = System.nanoTime();
            try {
                return work.get();
            } finally {
                turn.free.release();
            }
        } finally {
            turns.computeIfPresent(tenant, (_, present) -> --present.wanted == 0 ? null : present);
        }
    }

    private <T extends @Nullable Object> T in(Semaphore free, Supplier<T> work) {
        if (!enter(free)) {
            throw tooLate();
        }
        try {
            return work.get();
        } finally {
            free.release();
        }
    }

    private boolean enter(Semaphore free) {
        try {
            return free.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotCreateTransactionException("Interrupted while a change waited for its turn", e);
        }
    }

    private CannotCreateTransactionException tooLate() {
        return new CannotCreateTransactionException("The turn of a change did not come within " + wait);
    }
}
