package com.misybot.tenancy.context.limit;

import java.util.concurrent.atomic.AtomicInteger;

/** What Redis has given one instance, and until when it may be spent. Spent by many threads at once, without a lock. */
final class Lease {

    /** Nothing. */
    static final Lease NONE = new Lease(0, 0, 0, "");

    private final int size;
    private final long from;
    private final long until;
    private final String slot;
    private final AtomicInteger left;

    /**
     * What was given.
     *
     * @param from reading of the ticker before it was asked for
     * @param until reading of the ticker from when on it may not be spent any more
     */
    Lease(int size, long from, long until, String slot) {
        this.size = size;
        this.from = from;
        this.until = until;
        this.slot = slot;
        this.left = new AtomicInteger(size);
    }

    /** Spends one, where there is one and it is not too late. */
    boolean take(long now) {
        return isSpendable(now) && left.getAndDecrement() > 0;
    }

    boolean isSpendable(long now) {
        return left.get() > 0 && until - now > 0;
    }

    /** Whether half of it is spent, or most of its time has passed: time to ask for the next one. */
    boolean isRunningOut(long now) {
        return left.get() <= size / 2 || (until - now) * 4 < until - from;
    }

    /** Ends it. What is left may be given back, for nobody can spend it any more. */
    Grants.Rest close() {
        return new Grants.Rest(slot, Math.max(0, left.getAndSet(0)));
    }

    int size() {
        return size;
    }
}
