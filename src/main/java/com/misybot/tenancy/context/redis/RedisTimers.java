package com.misybot.tenancy.context.redis;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/**
 * How long the calls of this process wait for Redis, as {@code tenancy.redis.calls}. A call is counted once, however many commands
 * it sends: the driver's own metrics count each command twice, which costs introspection a twentieth of its rate (ADR 0084).
 */
record RedisTimers(Timer answered, Timer failed) {

    static RedisTimers in(MeterRegistry meters) {
        return new RedisTimers(timer(meters, "answered"), timer(meters, "failed"));
    }

    private static Timer timer(MeterRegistry meters, String outcome) {
        return Timer.builder("tenancy.redis.calls")
                .description("What the calls of this process wait for Redis")
                .tag("outcome", outcome)
                .register(meters);
    }

    void answered(long nanos) {
        answered.record(nanos, TimeUnit.NANOSECONDS);
    }

    void failed(long nanos) {
        failed.record(nanos, TimeUnit.NANOSECONDS);
    }
}
