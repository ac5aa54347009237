package com.misybot.tenancy.operation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How operations are run, kept and followed.
 *
 * @param retries how often a failed run is repeated before the operation is FAILED, where its kind does not say
 * @param retention how long an operation is kept after its end
 * @param reportInterval how often at most a run writes its progress, and how long it may take to notice a cancellation
 * @param refreshInterval how often an instance looks for changes that others made to the operations its clients wait for or
 *     follow; its own changes are told at once
 * @param maxWaiting requests of one instance that wait for operations; beyond, an answer is given at once
 * @param maxFollowers event streams of one instance; beyond, 503 with Retry-After
 * @param heartbeatInterval how often a stream without news sends a comment, which shows whether its client is still there
 * @param followLimit how long a stream lasts at most; its client comes back with Last-Event-ID and is authenticated again
 */
@ConfigurationProperties("tenancy.operation")
public record OperationSettings(
        @DefaultValue("4") int retries,
        @DefaultValue("30d") Duration retention,
        @DefaultValue("250ms") Duration reportInterval,
        @DefaultValue("1s") Duration refreshInterval,
        @DefaultValue("1000") int maxWaiting,
        @DefaultValue("200") int maxFollowers,
        @DefaultValue("15s") Duration heartbeatInterval,
        @DefaultValue("10m") Duration followLimit) {

    public OperationSettings {
        if (refreshInterval.toMillis() < 1 || heartbeatInterval.toMillis() < 1) {
            throw new IllegalArgumentException("Intervals of tenancy.operation must be at least 1ms");
        }
    }
}
