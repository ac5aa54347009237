package com.misybot.tenancy.event.webhook;

import com.misybot.tenancy.event.webhook.DeliveryQueue.Due;
import com.misybot.tenancy.event.webhook.DeliveryQueue.Lane;
import com.misybot.tenancy.operation.job.JobRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One run of a webhook's job: a thread for each lane that claims and sends, one that writes down what came of it.
 *
 * <p>Attempts of a lane are made one after the other, in its order: the next begins when the one before was handed to the network as
 * a whole, or has come to nothing before that. Their answers are waited for together. What came of them is written down in batches
 * while others are under way. Where nobody answers, what was claimed stays as it is, and the webhook rests.
 */
final class Drain {

    private static final int SILENT_AT_MOST = 3;

    /** How soon a lane looks by itself while the other one has something under way: another instance may have written messages. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Lanes lanes;
    private final JobRun run;
    private final Lull lull;
    private final Results results;
    private final AtomicReference<@Nullable RuntimeException> broken = new AtomicReference<>();

    Drain(Lanes lanes, JobRun run, Lull lull) {
        this.lanes = lanes;
        this.run = run;
        this.lull = lull;
        this.results = new Results(lanes, run, lull);
    }

    /** Sends until nothing is due, or the webhook rests or is disabled. */
    void all() throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                all(threads);
            } catch (InterruptedException e) {
                threads.shutdownNow();
                throw e;
            }
        }
    }

    private void all(ExecutorService threads) throws InterruptedException, ExecutionException {
        var recording = threads.submit(results::writeDown);
        var sending = new ArrayList<Future<?>>();
        for (var lane : Lane.values()) {
            sending.add(threads.submit(() -> {
                new InLane(lane, threads).sendAll();
                return null;
            }));
        }
        ExecutionException failure = null;
        for (var lane : sending) {
            failure = first(failure, lane);
        }
        results.end();
        failure = first(first(null, recording), failure);
        var bug = broken.get();
        if (failure != null) {
            throw failure;
        }
        if (bug != null) {
            throw new ExecutionException(bug);
        }
    }

    /** That the job was lost says more than what followed from it. */
    private static @Nullable ExecutionException first(@Nullable ExecutionException failure, Future<?> work)
            throws InterruptedException {
        try {
            work.get();
            return failure;
        } catch (ExecutionException e) {
            return first(failure, e);
        }
    }

    private static @Nullable ExecutionException first(
            @Nullable ExecutionException one, @Nullable ExecutionException other) {
        return one == null ? other : one;
    }

    /** One lane of this run. */
    private final class InLane {

        private final Lane lane;
        private final ExecutorService threads;
        private final int width;
        private final Semaphore places;
        private final Set<UUID> mine = ConcurrentHashMap.newKeySet();
        private final AtomicInteger silent = new AtomicInteger();

        InLane(Lane lane, ExecutorService threads) {
            this.lane = lane;
            this.threads = threads;
            this.width = lanes.width(lane);
            this.places = new Semaphore(width);
        }

        void sendAll() throws InterruptedException {
            try {
                while (!lull.isOver()) {
                    run.checkpoint();
                    sendDue();
                }
            } catch (RuntimeException | InterruptedException e) {
                lull.end();
                throw e;
            } finally {
                places.acquireUninterruptibly(width); // all have come back
            }
        }

        private void sendDue() throws InterruptedException {
            var seen = lull.seen();
            mine.retainAll(results.underway());
            if (silent.get() >= SILENT_AT_MOST) {
                if (!mine.isEmpty()) {
                    lull.await(lane, seen, LOOK); // until it is written down, and the webhook rests
                    return;
                }
                silent.set(0);
            }
            var batch = lanes.next(run, lane, mine);
            if (batch != null) {
                send(batch);
            } else if (mine.isEmpty()) {
                lull.rest(lane, seen, LOOK);
            } else {
                lull.await(lane, seen, LOOK);
            }
        }

        private void send(Lanes.Batch batch) throws InterruptedException {
            for (var due : batch.due()) {
                places.acquire();
                if (silent.get() >= SILENT_AT_MOST || lull.isOver()) {
                    places.release();
                    return;
                }
                results.underway().add(due.id());
                mine.add(due.id());
                var left = new CountDownLatch(1);
                try {
                    threads.execute(() -> attempt(batch, due, left));
                } catch (RejectedExecutionException interrupted) {
                    places.release();
                    throw interrupted;
                }
                left.await();
            }
        }

        private void attempt(Lanes.Batch batch, Due due, CountDownLatch left) {
            var began = System.nanoTime();
            try {
                var attempted = lanes.send(batch, due, left::countDown);
                if (attempted.answered()) {
                    silent.set(0);
                } else {
                    silent.incrementAndGet();
                }
                results.add(attempted, began);
            } catch (RuntimeException e) {
                broken.set(e); // nothing is known of it: another run sends it again
                results.forget(due);
                lull.end();
            } finally {
                left.countDown();
                places.release();
            }
        }
    }
}
