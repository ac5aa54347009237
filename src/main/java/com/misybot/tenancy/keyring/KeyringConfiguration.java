package com.misybot.tenancy.keyring;

import com.misybot.tenancy.kernel.ScopedTransactions;
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
}
