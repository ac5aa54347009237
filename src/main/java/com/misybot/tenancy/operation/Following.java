package com.misybot.tenancy.operation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Looks at one operation from version to version. For one thread; closed by it. */
public interface Following extends AutoCloseable {

    /**
     * Waits for a version after this one.
     *
     * @param version the last one seen
     * @param atMost how long to wait
     * @return the newest, or null where the time is up or the service is stopping
     */
    @Nullable
    Operation next(long version, Duration atMost) throws InterruptedException;

    /** Whether there will be nothing more, because the service is stopping. */
    boolean isOver();

    @Override
    void close();
}
