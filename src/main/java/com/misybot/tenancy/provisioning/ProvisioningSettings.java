package com.misybot.tenancy.provisioning;

import com.misybot.tenancy.operation.job.RetryPolicy;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How new tenants are set up.
 *
 * @param retries how often a step that cannot be done, or undone, now is tried again before the run fails; 0 to 1000
 * @param firstDelay before the first of these; each next one waits twice as long, give or take a fifth
 * @param longestDelay between two attempts at most, 1s to 1h
 * @param restarts how often in a row a run may end without coming further (its owner died, PostgreSQL was away) before it fails; 1 to 1000
 * @param stuckAfter a run that has not ended for so long is stuck: the metric and the health tell it, 1s to 7 days
 * @param lookEvery how often an instance looks for runs that are stuck, 1s to 10m
 */
@ConfigurationProperties("tenancy.provisioning")
record ProvisioningSettings(
        @DefaultValue("20") int retries,
        @DefaultValue("1s") Duration firstDelay,
        @DefaultValue("1m") Duration longestDelay,
        @DefaultValue("20") int restarts,
        @DefaultValue("10m") Duration stuckAfter,
        @DefaultValue("10s") Duration lookEvery) {

    private static final double SPREAD = 0.2;

    ProvisioningSettings {
        require(longestDelay, Duration.ofSeconds(1), Duration.ofHours(1), "longest-delay");
        require(firstDelay, Duration.ofMillis(10), longestDelay, "first-delay");
        require(stuckAfter, Duration.ofSeconds(1), Duration.ofDays(7), "stuck-after");
        require(lookEvery, Duration.ofSeconds(1), Duration.ofMinutes(10), "look-every");
        if (retries < 0 || retries > 1_000 || restarts < 1 || restarts > 1_000) {
            throw new IllegalArgumentException(
                    "tenancy.provisioning.retries is from 0 to 1000, restarts from 1 to 1000");
        }
    }

    /**
     * The wait after an attempt.
     *
     * @param attempts how many there have been
     * @param least what the step itself asks for
     */
    Duration delayAfter(int attempts, Duration least, RandomGenerator chance) {
        var usual = new RetryPolicy(retries, firstDelay, longestDelay).delayAfter(Math.max(attempts, 1));
        var wait = usual.plusMillis((long) (usual.toMillis() * SPREAD * (2 * chance.nextDouble() - 1)));
        return wait.compareTo(least) < 0 ? least : wait;
    }

    private static void require(Duration value, Duration least, Duration most, String name) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("tenancy.provisioning." + name + " is from " + least + " to " + most);
        }
    }
}
