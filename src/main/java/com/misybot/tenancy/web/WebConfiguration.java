package com.misybot.tenancy.web;

import com.misybot.tenancy.keyring.Keyring;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WebConfiguration {

    @Bean
    ProblemWriter problemWriter() {
        return new ProblemWriter();
    }

    @Bean
    PageTokens pageTokens(Keyring keyring, Clock clock) {
        return new PageTokens(keyring, clock);
    }
}
