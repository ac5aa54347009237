package com.misybot.tenancy.context.redis;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Redis is waited for.
 *
 * @param timeout how long one command may take before it counts as failed, 10 to 250 ms
 * @param openFor how long Redis is not asked any more once half of the last commands have failed
 */
@ConfigurationProperties("tenancy.context.redis")
record RedisSettings(
        @DefaultValue("200ms") Duration timeout,
        @DefaultValue("1s") Duration openFor) {

    RedisSettings {
        if (timeout.toMillis() < 10 || timeout.toMillis() > 250) {
            throw new IllegalArgumentException("tenancy.context.redis.timeout must be from 10 to 250 ms");
        }
    }
}
