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
 * Who may change something now, in this process: one of each tenant, so many in all, of them few that nobody waits for, and fewer still while
 * somebody reads. The others wait in the order in which they came and hold no connection meanwhile, so that many changes leave connections and
 * processors to those who read, many changes of one tenant leave places to the others, and jobs leave processors to requests (ADR 0107, 0108).
 */
public final class Turns {

    private static final ScopedValue<Boolean> BACKGROUND = ScopedValue.newInstance();

    /** How many times as long a change waits that nobody waits for: a job that failed for that would be one more to come. */
    private static final int PATIENCE = 12;

    /** How long after it began a read counts: reads that come more seldom do not meet many changes. */
    private static final Duration READING = Duration.ofMillis(100);

    /** How seldom the beginning of a read is written down: processors have to pass a field around that all of them write. */
    private static final Duration NOTED = READING.dividedBy(10);

    /** How long a change makes way for reads where those before it keep their places. */
    private static final Duration STUCK = Duration.ofMillis(250);

    private final Semaphore ofPlatform;
    private final Semaphore ofTenants;
    private final Semaphore background;
    private final RightOfWay readsBeforeRequests;
    private final RightOfWay readsBeforeJobs;
    private final Duration wait;
    private volatile long readAt = System.nanoTime() - READING.toNanos();
    private final ConcurrentHashMap<UUID, Turn> turns = new ConcurrentHashMap<>();

    /**
     * Lets some in.
     *
     * @param places of changes of tenants, and again of those that belong to no tenant; at least 1
     * @param background places of changes that nobody waits for, which need one of the others as well; at least 1
     * @param besideReads how many of changes that somebody waits for, and again of the others, go on at once while somebody reads; at least 1
     * @param wait how long somebody waits for the turn of its tenant, and again for a place; {@value #PATIENCE} times as long for one of those that nobody
     *     waits for
     */
    public Turns(int places, int background, int besideReads, Duration wait) {
        this.ofPlatform = new Semaphore(places, true);
        this.ofTenants = new Semaphore(places, true);
        this.background = new Semaphore(background, true);
        this.readsBeforeRequests = new RightOfWay(besideReads, STUCK, wait, this::isReadBeside);
        this.readsBeforeJobs = new RightOfWay(besideReads, STUCK, wait, this::isReadBeside);
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

    /** Is told that somebody begins to read, and waits for that. */
    public void reads() {
        var now = System.nanoTime();
        if (now - readAt > NOTED.toNanos()) {
            readAt = now;
        }
    }

    /** Whether somebody has begun to read just now, a tenth of a second ago at most. */
    public boolean isReadBeside() {
        return System.nanoTime() - readAt < READING.toNanos();
    }

    /**
     * Does it when there is a place.
     *
     * @param isOne whether it also waits for the turn of its tenant; goes on without it where somebody has had that for longer than a wait
     * @throws CannotCreateTransactionException where that takes too long, or the wait was interrupted
     */
    <T extends @Nullable Object> T take(Scope scope, boolean isOne, Supplier<T> work) {
        var places = scope instanceof Scope.Tenant ? ofTenants : ofPlatform;
        var reads = isInBackground() ? readsBeforeJobs : readsBeforeRequests;
        Supplier<T> placed = () -> in(places, wait, () -> reads.give(work));
        Supplier<T> inTurn =
                isOne && scope instanceof Scope.Tenant tenant ? () -> inTurn(tenant.tenant(), placed) : placed;
        return isInBackground() ? in(background, wait.multipliedBy(PATIENCE), inTurn) : inTurn.get();
    }

    private <T extends @Nullable Object> T inTurn(UUID tenant, Supplier<T> work) {
        var turn = turns.compute(tenant, (_, present) -> {
            var wanted = present == null ? new Turn() : present;
            wanted.wanted++;
            return wanted;
        });
        try {
            if (!enter(turn.free, wait)) {
                if (System.nanoTime() - turn.takenAt > wait.toNanos()) {
                    return work.get(); // whoever has it does not come back: the lock in the database decides
                }
                throw tooLate(wait);
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

    private <T extends @Nullable Object> T in(Semaphore free, Duration longest, Supplier<T> work) {
        if (!enter(free, longest)) {
            throw tooLate(longest);
        }
        try {
            return work.get();
        } finally {
            free.release();
        }
    }

    private static boolean enter(Semaphore free, Duration longest) {
        try {
            return free.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotCreateTransactionException("Interrupted while a change waited for its turn", e);
        }
    }

    private static CannotCreateTransactionException tooLate(Duration longest) {
        return new CannotCreateTransactionException("The turn of a change did not come within " + longest);
    }
}
