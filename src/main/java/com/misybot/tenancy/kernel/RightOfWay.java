package com.misybot.tenancy.kernel;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a few changes go on at a time while others read, so that a processor is free soon whenever a read wants one (ADR 0108). It is a
 * courtesy and no lock: a change waits only while others come and go, and is never refused for it.
 */
final class RightOfWay {

    private final Semaphore free;
    private final Duration stuck;
    private final Duration longest;
    private final BooleanSupplier isReadBeside;
    private volatile long cameBackAt = System.nanoTime();

    /**
     * Makes way for reads.
     *
     * @param places how many may go on at once; at least 1
     * @param stuck how long nobody may have come back before a change goes on: those who have the places keep them
     * @param longest how long a change waits at most
     */
    RightOfWay(int places, Duration stuck, Duration longest, BooleanSupplier isReadBeside) {
        this.free = new Semaphore(places, true);
        this.stuck = stuck;
        this.longest = longest;
        this.isReadBeside = isReadBeside;
    }

    /** Does it as soon as reads allow it. */
    <T extends @Nullable Object> T give(Supplier<T> change) {
        if (!takesPlace()) {
            return change.get();
        }
        try {
            return change.get();
        } finally {
            cameBackAt = System.nanoTime();
            free.release();
        }
    }

    /** Waits for a place; false where it is not worth waiting for one any more. */
    private boolean takesPlace() {
        var began = System.nanoTime();
        try {
            while (isReadBeside.getAsBoolean() && System.nanoTime() - began < longest.toNanos()) {
                if (free.tryAcquire(stuck.toNanos(), TimeUnit.NANOSECONDS)) {
                    return true;
                }
                if (System.nanoTime() - cameBackAt > stuck.toNanos()) {
                    return false;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
