package com.misybot.tenancy.event;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long events are kept, and how they are followed.
 *
 * @param retention how long an event is kept; the last one of a tenant stays. At least 1 hour
 * @param pollInterval how often an instance looks for what other instances have committed, while somebody follows; its own commits are
 *     told at once
 * @param maxFollowers event streams of one instance; beyond, 503 with Retry-After
 * @param maxFollowersOfTenant event streams of one tenant in one instance; beyond, 503 with Retry-After
 * @param window events that one instance keeps for all its followers; who is further behind reads from the database
 * @param heartbeatInterval how often a stream without news tells how far it is, which shows whether its client is still there
 * @param followLimit how long a stream lasts at most; its client comes back with Last-Event-ID and is authenticated again
 */
@ConfigurationProperties("tenancy.event")
public record EventSettings(
        @DefaultValue("30d") Duration retention,
        @DefaultValue("500ms") Duration pollInterval,
        @DefaultValue("200") int maxFollowers,
        @DefaultValue("10") int maxFollowersOfTenant,
        @DefaultValue("4096") int window,
        @DefaultValue("15s") Duration heartbeatInterval,
        @DefaultValue("10m") Duration followLimit) {

    private static final Duration SHORTEST_RETENTION = Duration.ofHours(1);
    private static final Duration LONGEST_POLL = Duration.ofSeconds(1);

    public EventSettings {
        if (retention.compareTo(SHORTEST_RETENTION) < 0) {
            throw new IllegalArgumentException("tenancy.event.retention must be at least 1h");
        }
        if (pollInterval.toMillis() < 1
                || pollInterval.compareTo(LONGEST_POLL) > 0
                || heartbeatInterval.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "tenancy.event.poll-interval is from 1ms to 1s, tenancy.event.heartbeat-interval at least 1ms");
        }
        if (window < 1) {
            throw new IllegalArgumentException("tenancy.event.window must be at least 1");
        }
    }
}
