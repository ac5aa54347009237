package com.misybot.tenancy.context.redis;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;

/** A door that waits for a busy machine: what is tested behind it is not how fast Redis answers. */
public final class PatientRedis {

    private PatientRedis() {}

    public static RedisDoor door(RedisEars ears) {
        return new RedisDoor(
                ears.link(),
                CircuitBreaker.ofDefaults("patient"),
                Duration.ofSeconds(20),
                RedisTimers.in(new SimpleMeterRegistry()));
    }
}
