package com.misybot.tenancy.event.webhook;

import com.misybot.tenancy.event.webhook.DeliveryQueue.Due;
import com.misybot.tenancy.event.webhook.Sending.Attempted;
import com.misybot.tenancy.operation.job.JobRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What came of the attempts of a run: written down in batches by one thread, while others are under way. */
final class Results {

    /** Results of one transaction, and how long the first of them waits for others while something is under way. */
    private static final int MOST = 200;

    private static final Duration GATHERING = Duration.ofMillis(20);

    private final Lanes lanes;
    private final JobRun run;
    private final Lull lull;
    private final BlockingQueue<Done> done = new LinkedBlockingQueue<>();
    private final Set<UUID> underway = ConcurrentHashMap.newKeySet();
    private volatile long answered = System.nanoTime() - 1;
    private boolean hasForgotten;

    Results(Lanes lanes, JobRun run, Lull lull) {
        this.lanes = lanes;
        this.run = run;
        this.lull = lull;
    }

    /**
     * An attempt that has come to its end; without one there are no more.
     *
     * @param began when, in nanoseconds of this process
     */
    private record Done(@Nullable Attempted attempted, long began) {}

    /** Messages that are sent and of which it is not written down yet what came of them. */
    Set<UUID> underway() {
        return underway;
    }

    /** Says what came of an attempt. */
    void add(Attempted attempted, long began) {
        if (attempted.answered()) {
            answered = System.nanoTime();
        }
        done.add(new Done(attempted, began));
    }

    /** Says that nothing is known of an attempt: another run makes it again. */
    void forget(Due due) {
        underway.remove(due.id());
    }

    /** Says that there are no more. */
    void end() {
        done.add(new Done(null, 0));
    }

    /** Writes down what comes until there is no more. */
    @Nullable
    Void writeDown() throws InterruptedException {
        try {
            while (true) {
                var batch = new ArrayList<Done>();
                var wasLast = gather(batch);
                if (!batch.isEmpty()) {
                    write(batch);
                }
                if (wasLast) {
                    return null;
                }
            }
        } catch (RuntimeException | InterruptedException e) {
            lull.end();
            throw e;
        }
    }

    /** Takes results as they come, for a moment where there are others to wait for; whether there are no more. */
    private boolean gather(List<Done> batch) throws InterruptedException {
        var one = done.take();
        var end = System.nanoTime() + GATHERING.toNanos();
        while (one != null) {
            if (one.attempted == null) {
                return true;
            }
            batch.add(one);
            var patience = underway.size() > batch.size() ? end - System.nanoTime() : 0;
            one = batch.size() < MOST ? done.poll(patience, TimeUnit.NANOSECONDS) : null;
        }
        return false;
    }

    private void write(List<Done> batch) {
        var attempted = new ArrayList<Attempted>();
        var earliest = Long.MAX_VALUE;
        for (var one : batch) {
            if (one.attempted != null) {
                attempted.add(one.attempted);
                earliest = Math.min(earliest, one.began);
            }
        }
        lanes.record(run, attempted, answered - earliest < 0, !hasForgotten);
        hasForgotten = true;
        attempted.forEach(one -> underway.remove(one.outcome().due().id()));
        lull.recorded();
    }
}
