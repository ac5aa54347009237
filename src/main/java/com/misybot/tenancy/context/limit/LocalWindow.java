package com.misybot.tenancy.context.limit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what this instance alone lets through in a second that began with the first of it: begin and count in one number, so
 * that no lock is needed.
 */
final class LocalWindow {

    private static final int COUNT_BITS = 24;
    private static final long COUNT = (1L << COUNT_BITS) - 1;
    private static final long SECOND = 1_000;

    private final AtomicLong state = new AtomicLong();

    /**
     * Counts one, where there are fewer than {@code most}.
     *
     * @param sinceNanos since a fixed moment in the past
     */
    boolean take(long sinceNanos, int most) {
        var now = TimeUnit.NANOSECONDS.toMillis(sinceNanos);
        while (true) {
            var present = state.get();
            var over = now - (present >>> COUNT_BITS) >= SECOND;
            if (!over && (present & COUNT) >= most) {
                return false;
            }
            if (state.compareAndSet(present, over ? now << COUNT_BITS | 1 : present + 1)) {
                return true;
            }
        }
    }
}
