package com.misybot.tenancy.keyring;

import com.misybot.tenancy.kernel.EventTypes;
import com.misybot.tenancy.kernel.ScopedTransactions;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class KeyringConfiguration {

    @Bean
    Keyring keyring(KeyringSettings settings) {
        return new Keyring(settings.rootSecret());
    }

    @Bean
    RootCheck rootCheck(Keyring keyring, ScopedTransactions transactions, JdbcClient jdbc) {
        return new RootCheck(keyring, transactions, jdbc);
    }

    @Bean
    SigningKeys signingKeys(
            SigningSettings settings,
            Keyring keyring,
            ScopedTransactions transactions,
            JdbcClient jdbc,
            ApplicationEventPublisher events,
            SecureRandom random,
            Clock clock) {
        return new SigningKeys(settings, keyring, new SigningKeyRows(jdbc), transactions, events, random, clock);
    }

    @Bean
    SigningKeyRounds signingKeyRounds(SigningKeys keys) {
        return new SigningKeyRounds(keys);
    }

    @Bean
    EventTypes signingKeyEventTypes() {
        return new SigningKeyEventTypes();
    }
}
