package com.misybot.tenancy.event.feed;

import java.time.Duration;
import java.util.List;

/**
 * Follows events live, in order and without a gap: what was there before from the database, what comes from the window of this
 * instance, and from the database again where the follower was too slow for the window. For one thread; closed by it.
 */
public final class Following implements AutoCloseable {

    private static final int BATCH = 500;

    private final FeedReader reader;
    private final Lane lane;
    private final Runnable left;
    private final Window window;
    private long next;
    private boolean behind = true;
    private boolean closed;

    Following(FeedReader reader, Lane lane, Runnable left) {
        this.reader = reader;
        this.lane = lane;
        this.left = left;
        this.window = reader.join();
        this.next = window.end();
    }

    /**
     * What comes next, at least one event unless the time is up, somebody woke everybody, or nothing of what came is wanted.
     *
     * @throws com.misybot.tenancy.web.ProblemException 410 where some were deleted before they were read
     */
    public List<FeedEvent> next(Duration atMost) throws InterruptedException {
        if (!behind) {
            var events = window.since(next, atMost);
            if (events != null) {
                next += events.size();
                return events.stream().filter(lane::take).toList();
            }
            // first where to go on in the window, then what was missed: what comes meanwhile is in both, and taken once
            next = window.end();
            behind = true;
        }
        var part = lane.read(BATCH);
        behind = !part.complete();
        return part.events();
    }

    /** Leads on after an event. */
    public String cursor(FeedEvent event) {
        return lane.cursor(event);
    }

    /** Leads on after what was told and what was not wanted. */
    public String cursor() {
        return lane.cursor();
    }

    /** Whether nothing more will be told, because the service is stopping. */
    public boolean isOver() {
        return reader.isOver();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            reader.leave();
            left.run();
        }
    }
}
