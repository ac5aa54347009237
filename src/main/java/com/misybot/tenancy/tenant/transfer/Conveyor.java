package com.misybot.tenancy.tenant.transfer;

import com.misybot.tenancy.tenant.BulkRegistration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Carries lines from who reads them to who does them, a chunk at most: who is faster waits. What has come while a chunk was done
 * is the next one, so that chunks are as large as the sender is fast.
 */
final class Conveyor {

    private static final int MOST_BYTES = 2 * 1024 * 1024;

    /** How long a chunk that is not full waits for more, so that a slow sender does not get a commit for each line. */
    private static final Duration MOMENT = Duration.ofMillis(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<NumberedLine> lines = new ArrayList<>();
    private int bytes;
    private boolean ended;
    private boolean stopped;

    /**
     * Puts a line on, once there is room.
     *
     * @return false where nobody takes it any more
     */
    boolean put(NumberedLine line, int size) throws InterruptedException {
        lock.lock();
        try {
            while (isFull() && !stopped) {
                changed.await();
            }
            lines.add(line);
            bytes += size;
            if (lines.size() == 1 || isFull()) {
                changed.signalAll();
            }
            return !stopped;
        } finally {
            lock.unlock();
        }
    }

    /** Takes what there is, once there is something; nothing after the end. */
    List<NumberedLine> take() throws InterruptedException {
        lock.lock();
        try {
            while (lines.isEmpty() && !ended && !stopped) {
                changed.await();
            }
            var wait = MOMENT.toNanos();
            while (!isFull() && !ended && !stopped && wait > 0) {
                wait = changed.awaitNanos(wait);
            }
            var taken = stopped ? List.<NumberedLine>of() : lines;
            lines = new ArrayList<>();
            bytes = 0;
            changed.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more comes; what is on it is taken. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is taken, and what is on it falls off. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull() {
        return lines.size() >= BulkRegistration.MOST || bytes >= MOST_BYTES;
    }
}
