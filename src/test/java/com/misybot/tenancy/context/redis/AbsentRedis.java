package com.misybot.tenancy.context.redis;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;

/** A door behind which there is no Redis. */
public final class AbsentRedis {

    private AbsentRedis() {}

    public static RedisDoor door() {
        return new RedisDoor(
                null,
                CircuitBreaker.ofDefaults("absent"),
                Duration.ofMillis(100),
                RedisTimers.in(new SimpleMeterRegistry()));
    }
}
