package com.misybot.tenancy.context.redis;

import com.misybot.tenancy.kernel.SecurityEvents;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** What a service without Redis has in its place. */
public final class NoRedis {

    private NoRedis() {}

    public static RedisDoor door() {
        return new RedisDoor(null, CircuitBreaker.ofDefaults("none"), Duration.ofMillis(200));
    }

    public static ForeignValues foreignValues() {
        return new ForeignValues(
                new SecurityEvents(new StaticListableBeanFactory().getBeanProvider(MeterRegistry.class)));
    }
}
