package com.misybot.tenancy.credential;

import com.github.benmanes.caffeine.cache.Ticker;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CredentialConfiguration {

    @Bean
    SecretCheck secretCheck(SecretLookup lookup) {
        return new SecretCheck(lookup, Ticker.systemTicker());
    }
}
