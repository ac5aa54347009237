package com.misybot.tenancy.audit.attempt;

import com.misybot.tenancy.kernel.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;

/**
 * Attempts on their way to the trails: a bounded queue and one thread. Whoever is refused something waits for nobody. What does not
 * fit is counted, and an entry says how many. A stop of the service writes what is there still.
 */
class AttemptQueue implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptQueue.class);

    private static final int BATCH = 200;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    private final BlockingQueue<Attempt> waiting;
    private final AttemptWriter writer;
    private final Summaries summaries;
    private final AtomicLong lost = new AtomicLong();
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    /**
     * A queue that is not started.
     *
     * @param most attempts that wait at once
     * @param summaries what is said of all that is only counted
     */
    AttemptQueue(AttemptWriter writer, int most, Summaries summaries) {
        this.writer = writer;
        this.waiting = new ArrayBlockingQueue<>(most);
        this.summaries = summaries;
    }

    @EventListener
    void on(Attempt attempt) {
        if (!waiting.offer(attempt)) {
            lost.incrementAndGet();
        }
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("audit-attempts").start(this::run);
    }

    private void run() {
        List<Attempt> batch = new ArrayList<>();
        while (running || !waiting.isEmpty() || !batch.isEmpty()) {
            try {
                if (batch.isEmpty()) {
                    fill(batch);
                }
                batch = new ArrayList<>(writer.write(batch));
                tellLost();
                summaries.proceed();
                if (!batch.isEmpty()) {
                    Thread.sleep(PAUSE);
                }
            } catch (InterruptedException e) {
                LOG.error("{} attempts were not written before the service stopped", waiting.size() + batch.size());
                return;
            } catch (RuntimeException e) {
                LOG.error("Attempts could not be written", e);
                lost.addAndGet(batch.size());
                batch = new ArrayList<>();
            }
        }
        summaries.finish();
    }

    private void fill(List<Attempt> batch) throws InterruptedException {
        var first = waiting.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            batch.add(first);
            waiting.drainTo(batch, BATCH - 1);
        }
    }

    private void tellLost() {
        var number = lost.getAndSet(0);
        if (number > 0 && !writer.lost(number)) {
            lost.addAndGet(number);
        }
    }

    @Override
    public void stop() {
        running = false;
        var present = thread;
        if (present != null) {
            try {
                if (!present.join(LAST_WORDS)) {
                    present.interrupt();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops after the web server, whose last requests may be refused something. */
    @Override
    public int getPhase() {
        return 0;
    }
}
