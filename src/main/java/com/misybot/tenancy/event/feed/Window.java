package com.misybot.tenancy.event.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The events that came last, in their order, numbered from 0 as they come. It keeps so many and forgets the oldest, and waits for
 * nobody: whoever is too slow finds that they were forgotten.
 */
final class Window {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final @Nullable FeedEvent[] kept;
    private long end;
    private long begin;
    private long wakes;

    Window(int size) {
        this.kept = new FeedEvent[size];
    }

    /** The number of the next event. */
    long end() {
        lock.lock();
        try {
            return end;
        } finally {
            lock.unlock();
        }
    }

    void add(List<FeedEvent> events) {
        lock.lock();
        try {
            for (var event : events) {
                kept[(int) (end++ % kept.length)] = event;
            }
            begin = Math.max(begin, end - kept.length);
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything: something between what was added and what will be is missing. */
    void forget() {
        lock.lock();
        try {
            java.util.Arrays.fill(kept, null);
            begin = ++end;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets everybody look whether to go on. */
    void wake() {
        lock.lock();
        try {
            wakes++;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for events from this number on, or until somebody wakes everybody.
     *
     * @return empty where there are none yet; null where some were forgotten
     */
    @Nullable
    List<FeedEvent> since(long from, Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var left = atMost.toNanos();
            for (var before = wakes; from == end && wakes == before && left > 0; ) {
                left = news.awaitNanos(left);
            }
            if (from < begin) {
                return null;
            }
            var events = new ArrayList<FeedEvent>((int) (end - from));
            for (var number = from; number < end; number++) {
                var event = kept[(int) (number % kept.length)];
                if (event != null) {
                    events.add(event);
                }
            }
            return events;
        } finally {
            lock.unlock();
        }
    }
}
