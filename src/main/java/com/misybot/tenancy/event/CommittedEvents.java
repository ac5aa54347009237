package com.misybot.tenancy.event;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/**
 * Says in this process that events were committed, a moment before others find out by asking. Nobody may rely on being told: other
 * instances commit events too, and an event may still be beyond the horizon when this is told.
 */
@Component
public class CommittedEvents {

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Has {@code listener} called after every commit with events, on the thread of the commit: it must neither block nor raise. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    void tell() {
        listeners.forEach(Runnable::run);
    }
}
