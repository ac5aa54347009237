package com.misybot.tenancy.kernel;

import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcOperations;

/** Time and randomness, injected everywhere, so that tests can set them; and what ends every transaction. */
@Configuration(proxyBeanMethods = false)
class KernelConfiguration {

    /** UTC, cut to microseconds: what PostgreSQL keeps of an instant. */
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), java.time.Duration.ofNanos(1_000));
    }

    @Bean
    LastStatements lastStatements(JdbcOperations jdbc) {
        return new LastStatements(jdbc);
    }

    @Bean
    SecureRandom secureRandom() {
        return new SecureRandom();
    }
}
