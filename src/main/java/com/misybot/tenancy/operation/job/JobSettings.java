package com.misybot.tenancy.operation.job;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How jobs are run.
 *
 * @param threads how many jobs this instance runs at once; each takes a connection only while one of its transactions is open
 * @param pollInterval how often this instance looks for jobs that became due; those committed here and due are picked up at
 *     once
 * @param heartbeatInterval how often an owner says that it is alive; one that has not for 4 intervals is dead, and its jobs
 *     are taken over within 7 intervals
 * @param shutdownWait how long a stopping instance lets its jobs come to a pause before it interrupts them, and again before
 *     it leaves them to be taken over
 */
@ConfigurationProperties("tenancy.operation.job")
record JobSettings(
        @DefaultValue("16") int threads,
        @DefaultValue("1s") Duration pollInterval,
        @DefaultValue("1s") Duration heartbeatInterval,
        @DefaultValue("10s") Duration shutdownWait) {

    /** The least the library accepts. */
    static final int MISSED_HEARTBEATS = 4;

    JobSettings {
        if (threads < 1) {
            throw new IllegalArgumentException("tenancy.operation.job.threads must be at least 1");
        }
        if (pollInterval.toMillis() < 1 || heartbeatInterval.toMillis() < 1) {
            throw new IllegalArgumentException("Intervals of tenancy.operation.job must be at least 1ms");
        }
    }
}
