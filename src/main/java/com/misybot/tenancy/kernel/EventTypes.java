package com.misybot.tenancy.kernel;

import java.util.List;

/** The types of events that one module publishes: each module that publishes {@link Change}s has one bean of this type. */
@FunctionalInterface
public interface EventTypes {

    /** All of them. */
    List<EventType> all();
}
