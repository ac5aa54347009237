package com.misybot.tenancy.event.feed;

import com.misybot.tenancy.event.CommittedEvents;
import com.misybot.tenancy.event.EventSettings;
import com.misybot.tenancy.event.Position;
import com.misybot.tenancy.web.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Reads what comes to the feed, once for all followers of this instance: at once after its own commits, else by asking. Nothing is
 * asked while nobody follows. When the service stops it lets everybody go before the web server waits for its requests.
 */
@Component
class FeedReader implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(FeedReader.class);

    /** Commits that come within this time are read together. */
    private static final Duration GATHERING = Duration.ofMillis(10);

    /** How soon it is asked again for what is committed and beyond the horizon. */
    private static final Duration HELD = Duration.ofMillis(50);

    private final FeedPages pages;
    private final Duration pollInterval;
    private final Window window;
    private final Semaphore news = new Semaphore(0);
    private int followers;
    private int round;
    private volatile boolean running = true;

    FeedReader(FeedPages pages, EventSettings settings, CommittedEvents committed) {
        this.pages = pages;
        this.pollInterval = settings.pollInterval();
        this.window = new Window(settings.window());
        committed.listen(this::hear);
    }

    /** Begins to fill the window where it is not being filled: what is committed after this comes to be in it. */
    synchronized Window join() {
        if (followers == 0) {
            var begin = pages.horizon().end();
            window.forget();
            var mine = ++round;
            Thread.ofVirtual().name("event-feed").start(() -> readWhileFollowed(mine, begin));
        }
        followers++;
        return window;
    }

    synchronized void leave() {
        followers--;
    }

    boolean isOver() {
        return !running;
    }

    synchronized int followers() {
        return followers;
    }

    private void hear() {
        if (news.availablePermits() == 0) {
            news.release();
        }
    }

    private void readWhileFollowed(int mine, Position begin) {
        var at = begin;
        var wait = Duration.ZERO;
        try {
            while (isFollowed(mine)) {
                if (news.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                    Thread.sleep(GATHERING);
                    news.drainPermits();
                }
                try {
                    var page = next(at);
                    if (!add(mine, page)) {
                        return;
                    }
                    at = page.after();
                    wait = page.complete() ? patience(page) : Duration.ZERO;
                } catch (RuntimeException unavailable) {
                    LOG.warn("The feed of events was not read: {}", unavailable.getMessage());
                    wait = pollInterval;
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where retention was faster, everybody looks for himself what he has missed. */
    private FeedPages.Page next(Position at) {
        try {
            return pages.read(at, FeedPages.MOST);
        } catch (ProblemException gone) {
            var horizon = pages.horizon();
            window.forget();
            return new FeedPages.Page(List.of(), horizon.end(), horizon, true);
        }
    }

    private Duration patience(FeedPages.Page page) {
        return page.horizon().heldSince() == null || HELD.compareTo(pollInterval) > 0 ? pollInterval : HELD;
    }

    private synchronized boolean isFollowed(int mine) {
        return running && followers > 0 && round == mine;
    }

    private synchronized boolean add(int mine, FeedPages.Page page) {
        var isMine = round == mine;
        if (isMine && !page.events().isEmpty()) {
            window.add(page.events());
        }
        return isMine;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        window.wake();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops first of all. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
