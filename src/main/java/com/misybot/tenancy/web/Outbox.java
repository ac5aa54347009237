package com.misybot.tenancy.web;

import com.misybot.tenancy.kernel.LogContext;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends an answer on a thread of its own, and keeps some megabytes of it for a client that reads later: most HTTP clients read no
 * answer before they have sent their whole request. What is beyond that waits, and so does who puts it here.
 */
public final class Outbox implements AutoCloseable {

    /** Results of about 100,000 lines. */
    public static final int MOST_BYTES = 8 * 1024 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private final OutputStream out;
    private final Thread sender;
    private int bytes;
    private boolean ended;
    private @Nullable IOException failure;

    /** Sends what it is given to {@code out}, on a thread of its own that begins now. */
    public Outbox(OutputStream out) {
        this.out = out;
        this.sender = Thread.ofVirtual().name("import-answer").start(LogContext.carried(this::send));
    }

    /**
     * Sends these bytes, at once where the client reads.
     *
     * @throws IOException where the client is gone, or does not read for longer than the container waits
     */
    public void put(byte[] next) throws IOException {
        lock.lock();
        try {
            while (failure == null && bytes > 0 && bytes + next.length > MOST_BYTES) {
                changed.await();
            }
            requireClient();
            waiting.add(next);
            bytes += next.length;
            changed.signalAll();
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when everything has been sent. */
    public void end() throws IOException {
        close();
        lock.lock();
        try {
            requireClient();
        } finally {
            lock.unlock();
        }
    }

    /** Sends what is left and returns when nobody writes to the client any more. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            sender.join();
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private void send() {
        try {
            for (var next = take(); next != null; next = take()) {
                out.write(next);
                if (isEmpty()) {
                    out.flush();
                }
            }
        } catch (IOException e) {
            fail(e);
        } catch (InterruptedException e) {
            fail(interrupted());
        }
    }

    private byte @Nullable [] take() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !ended) {
                changed.await();
            }
            var next = waiting.poll();
            if (next != null) {
                bytes -= next.length;
                changed.signalAll();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private boolean isEmpty() {
        lock.lock();
        try {
            return waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void fail(IOException e) {
        lock.lock();
        try {
            failure = e;
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void requireClient() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    private static IOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("The answer was interrupted");
    }
}
