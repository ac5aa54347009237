package com.misybot.tenancy.event.webhook;

import com.misybot.tenancy.event.webhook.DeliveryQueue.Lane;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the lanes of a run wait for where nothing is due: messages that were written meanwhile, or that it is known what came of those
 * under way. The run is over when no lane has anything due or under way. So neither lane ends before the other: what is sent for the
 * first time finds its lane at work while a repeated message waits for its answer.
 */
final class Lull {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Lane> resting = EnumSet.noneOf(Lane.class);
    private long wakes;
    private long records;
    private boolean over;

    /** What has happened so far: asked for before a lane looks what is due. */
    record Seen(long wakes, long records) {}

    Seen seen() {
        lock.lock();
        try {
            return new Seen(wakes, records);
        } finally {
            lock.unlock();
        }
    }

    /** Says that messages were written that are to be sent for the first time; whether the run looks for them. */
    boolean wake() {
        lock.lock();
        try {
            if (!over) {
                wakes++;
                resting.remove(Lane.FIRST);
                changed.signalAll();
            }
            return !over;
        } finally {
            lock.unlock();
        }
    }

    /** Says that it was written down what came of some messages. */
    void recorded() {
        lock.lock();
        try {
            records++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the run: every lane goes home once its messages have come back. */
    void end() {
        lock.lock();
        try {
            over = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isOver() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }

    /** Waits in a lane that has messages under way, and for so long at most. */
    void await(Lane lane, Seen seen, Duration atMost) throws InterruptedException {
        waitFor(lane, seen, seen.records, atMost);
    }

    /** Waits in a lane that has none, and for so long at most: then another instance may have written some. */
    void rest(Lane lane, Seen seen, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            resting.add(lane);
            if (resting.size() == Lane.values().length && !isNews(lane, seen)) {
                over = true;
                changed.signalAll();
            }
            waitFor(lane, seen, null, atMost);
            resting.remove(lane);
        } finally {
            lock.unlock();
        }
    }

    private void waitFor(Lane lane, Seen seen, @Nullable Long seenRecords, Duration atMost)
            throws InterruptedException {
        lock.lock();
        try {
            var left = atMost.toNanos();
            while (!over && left > 0 && !isNews(lane, seen) && (seenRecords == null || records == seenRecords)) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isNews(Lane lane, Seen seen) {
        return lane == Lane.FIRST && wakes != seen.wakes;
    }
}
