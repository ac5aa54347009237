package com.misybot.tenancy.web.idempotency;

import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.keyring.Keyring;
import com.misybot.tenancy.web.ExpiredIdempotencyRecords;
import com.misybot.tenancy.web.Idempotency;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class IdempotencyConfiguration {

    @Bean
    IdempotencyRecords idempotencyRecords(JdbcClient jdbc) {
        return new IdempotencyRecords(jdbc);
    }

    @Bean
    Idempotency idempotency(
            ScopedTransactions transactions, IdempotencyRecords records, JsonMapper json, Keyring keyring) {
        return new StoredIdempotency(transactions, records, new KeptAnswers(json), keyring);
    }

    @Bean
    ExpiredIdempotencyRecords expiredIdempotencyRecords(ScopedTransactions transactions, IdempotencyRecords records) {
        return new ExpiredRecords(transactions, records);
    }

    @Bean
    WebMvcConfigurer idempotencyKeys(Keyring keyring) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new IdempotencyKeyArgument(keyring));
            }
        };
    }
}
