package com.misybot.tenancy.event.webhook;

import com.misybot.tenancy.event.CommittedEvents;
import com.misybot.tenancy.event.Event;
import com.misybot.tenancy.event.EventSettings;
import com.misybot.tenancy.event.EventStore;
import com.misybot.tenancy.event.Position;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.operation.job.RecurringJob;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Follows the feed of all events below the horizon and puts messages on the lists of the platform's webhooks, each event once and in
 * the order of the feed: where it stands is moved by the transaction that writes the messages. While there is somebody to tell, one
 * instance stays with it; woken by its own commits it tells at once, and of what others commit within the poll interval.
 */
@Component
class FollowFeed implements RecurringJob {

    private static final Logger LOG = LoggerFactory.getLogger(FollowFeed.class);

    /** Events of one transaction. */
    private static final int BATCH = 500;

    /** Commits that come within this time are told together. */
    private static final Duration GATHERING = Duration.ofMillis(10);

    /** After this the job is anybody's again. */
    private static final Duration TURN = Duration.ofMinutes(1);

    private final EventStore store;
    private final PlatformFeed feed;
    private final DeliveryRows deliveries;
    private final Wakes wakes;
    private final ScopedTransactions transactions;
    private final Duration lookEvery;
    private final Duration pollInterval;
    private final Semaphore news = new Semaphore(0);

    FollowFeed(
            EventStore store,
            PlatformFeed feed,
            DeliveryRows deliveries,
            Wakes wakes,
            ScopedTransactions transactions,
            WebhookSettings settings,
            EventSettings events,
            CommittedEvents committed) {
        this.store = store;
        this.feed = feed;
        this.deliveries = deliveries;
        this.wakes = wakes;
        this.transactions = transactions;
        this.lookEvery = settings.lookEvery();
        this.pollInterval = events.pollInterval();
        committed.listen(this::hear);
    }

    @Override
    public String name() {
        return "event.webhook-feed";
    }

    @Override
    public Recurrence recurrence() {
        return Recurrence.every(lookEvery);
    }

    @Override
    public void run(JobRun run) throws InterruptedException {
        var end = System.nanoTime() + TURN.toNanos();
        while (System.nanoTime() < end) {
            run.checkpoint();
            switch (next()) {
                case NOBODY -> {
                    return;
                }
                case MORE -> {}
                case DONE -> {
                    if (news.tryAcquire(pollInterval.toNanos(), TimeUnit.NANOSECONDS)) {
                        Thread.sleep(GATHERING);
                        news.drainPermits();
                    }
                }
            }
        }
    }

    /** What there is to do after a step. */
    enum Step {
        /** There is nobody to tell. */
        NOBODY,
        /** There may be more events. */
        MORE,
        /** There are none yet. */
        DONE
    }

    /** Tells of the next events. Two that do so at once tell of each event once: the second finds that it was moved. */
    Step next() {
        var told = transactions.read(Scope.platformRows(), feed::told).orElse(null);
        if (told == null) {
            return Step.NOBODY;
        }
        var page = page(told.after());
        if (page.events.isEmpty() && page.from.equals(told.after())) {
            return Step.DONE;
        }
        var to = page.events.isEmpty() ? page.from : page.events.getLast().position();
        transactions.change(Scope.platformRows(), () -> {
            if (feed.move(told, to, page.events.size())) {
                wakes.schedule(Scope.NIL, deliveries.fanOut(page.events, told.places()));
            }
            return null;
        });
        return Step.MORE;
    }

    /**
     * Events, and after where they stand, which is later than was asked for where retention was faster.
     */
    private record Page(List<Event> events, Position from) {}

    private Page page(Position after) {
        return transactions.read(Scope.platform(), () -> {
            var horizon = store.horizon();
            var events = store.read(after, horizon, BATCH);
            // what retention deletes it announces before: whoever has not seen it announced has seen the events
            var pruned = store.horizon().pruned();
            if (after.compareTo(pruned) >= 0) {
                return new Page(events, after);
            }
            LOG.warn(
                    "Webhooks of the platform were so far behind that events were deleted before they were told of them");
            return new Page(store.read(pruned, horizon, BATCH), pruned);
        });
    }

    private void hear() {
        if (news.availablePermits() == 0) {
            news.release();
        }
    }
}
