package com.misybot.tenancy.event.webhook;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How webhooks are delivered.
 *
 * @param timeout how long one attempt may take altogether, 1s to 30s
 * @param perEndpoint messages under way to one webhook at once, 1 to 64; a quarter as many again are repeated ones
 * @param inAll messages under way at once in this instance, 1 to 10000
 * @param endpoints webhooks that this instance sends to at once, 1 to 1000; the others wait for them, outside of the threads of
 *     {@code tenancy.operation.job.threads}, which should be more
 * @param disableAfter a webhook that has accepted nothing for so long, though it was sent something, is disabled; 1 minute to 30 days
 * @param keep how long the log keeps a message that is done with, 1 to 90 days
 * @param lookEvery how often an instance looks for messages that are due again, 100ms to 1m
 */
@ConfigurationProperties("tenancy.event.webhook")
record WebhookSettings(
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("8") int perEndpoint,
        @DefaultValue("200") int inAll,
        @DefaultValue("12") int endpoints,
        @DefaultValue("P3D") Duration disableAfter,
        @DefaultValue("P30D") Duration keep,
        @DefaultValue("2s") Duration lookEvery) {

    WebhookSettings {
        require(timeout, Duration.ofSeconds(1), Duration.ofSeconds(30), "timeout");
        require(disableAfter, Duration.ofMinutes(1), Duration.ofDays(30), "disable-after");
        require(keep, Duration.ofDays(1), Duration.ofDays(90), "keep");
        require(lookEvery, Duration.ofMillis(100), Duration.ofMinutes(1), "look-every");
        require(perEndpoint, 64, "per-endpoint");
        require(inAll, 10_000, "in-all");
        require(endpoints, 1_000, "endpoints");
    }

    private static void require(int value, int most, String name) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("tenancy.event.webhook." + name + " is from 1 to " + most);
        }
    }

    private static void require(Duration value, Duration least, Duration most, String name) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("tenancy.event.webhook." + name + " is from " + least + " to " + most);
        }
    }

    /** Repeated messages under way to one webhook at once, beside the others. */
    int repeatedPerEndpoint() {
        return Math.max(1, perEndpoint / 4);
    }
}
