package com.misybot.tenancy.audit.attempt;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AttemptConfiguration {

    private static final int WAITING = 10_000;

    @Bean
    AttemptQueue attemptQueue(AttemptWriter writer, Tallies tallies) {
        return new AttemptQueue(writer, WAITING, new Summaries(tallies, writer, Duration.ofMinutes(1)));
    }
}
