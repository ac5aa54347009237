package com.misybot.tenancy.context.redis;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.resource.Delay;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

@Configuration(proxyBeanMethods = false)
class RedisConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(RedisDoor.class);

    /** Commands under way at once; one more is refused, not queued. */
    private static final int MOST_UNDER_WAY = 20_000;

    private static final Duration RECONNECT = Duration.ofMillis(500);

    /** A command without a connection fails at once, and a lost connection is made again soon instead of later and later. */
    @Bean
    LettuceClientOptionsBuilderCustomizer nothingWaitsForRedis() {
        return options -> options.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_UNDER_WAY);
    }

    @Bean
    ClientResourcesBuilderCustomizer redisIsMetAgainSoon() {
        return resources -> resources.reconnectDelay(Delay.constant(RECONNECT));
    }

    @Bean
    RedisEars redisEars(ObjectProvider<LettuceConnectionFactory> factory) {
        var connections = factory.getIfAvailable();
        return new RedisEars(connections == null ? null : new RedisLink(connections));
    }

    @Bean
    RedisDoor redisDoor(RedisEars ears, RedisSettings settings, ObjectProvider<MeterRegistry> meters) {
        return new RedisDoor(
                ears.link(),
                circuit(settings),
                settings.timeout(),
                RedisTimers.in(meters.getIfAvailable(SimpleMeterRegistry::new)));
    }

    private static CircuitBreaker circuit(RedisSettings settings) {
        var circuit = CircuitBreaker.of(
                "redis",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(20)
                        .minimumNumberOfCalls(5)
                        .failureRateThreshold(50)
                        .waitDurationInOpenState(settings.openFor())
                        .permittedNumberOfCallsInHalfOpenState(2)
                        .maxWaitDurationInHalfOpenState(Duration.ofSeconds(1))
                        .writableStackTraceEnabled(false)
                        .build());
        circuit.getEventPublisher()
                .onStateTransition(event -> told(event.getStateTransition().getToState()));
        return circuit;
    }

    private static void told(CircuitBreaker.@Nullable State state) {
        if (state == CircuitBreaker.State.OPEN) {
            LOG.warn("Redis does not answer: PostgreSQL is asked instead, sessions are refused");
        } else if (state == CircuitBreaker.State.CLOSED) {
            LOG.info("Redis answers again");
        }
    }
}
