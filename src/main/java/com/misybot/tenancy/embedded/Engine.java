package com.misybot.tenancy.embedded;

import java.util.Map;

/** A store that runs on this machine only, on the data of one {@link DataDirectory}. */
interface Engine {

    /** The name people know it by, with its version. */
    String name();

    /**
     * Makes it run. Where no other service uses the directory, one that still runs was left behind by a killed service
     * and is stopped first; else it is shared.
     *
     * @param alone whether no other service uses the directory
     */
    void start(boolean alone);

    /** What the application must be told to reach it. */
    Map<String, String> properties();

    /** Ends what runs of it inside this process; what is a process of its own goes on. */
    default void leave() {}

    /** Stops it if it runs, whoever started it. */
    void stop();
}
