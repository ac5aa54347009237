package com.misybot.tenancy.event.feed;

import java.util.List;

/** One reader's way through events: what it wants of them, and where it is. For one thread. */
public interface Lane {

    /**
     * Events that this reader wants, after where it was.
     *
     * @param complete whether there are no others yet
     */
    record Part(List<FeedEvent> events, boolean complete) {

        public Part {
            events = List.copyOf(events);
        }
    }

    /**
     * Reads on in the database.
     *
     * @param limit how many events are looked at, wanted or not
     * @throws com.misybot.tenancy.web.ProblemException 410 where some are gone
     */
    Part read(int limit);

    /** Goes past an event that has come after all that was read; whether it is new here, and wanted. */
    boolean take(FeedEvent event);

    /** Leads on after this event. */
    String cursor(FeedEvent event);

    /** Leads on after where this reader is. */
    String cursor();
}
