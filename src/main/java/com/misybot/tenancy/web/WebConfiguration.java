package com.misybot.tenancy.web;

import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.keyring.Keyring;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** What other modules use of this one. */
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

    @Bean
    IdempotencyRecords idempotencyRecords(JdbcClient jdbc) {
        return new IdempotencyRecords(jdbc);
    }

    @Bean
    Idempotency idempotency(
            ScopedTransactions transactions, IdempotencyRecords records, JsonMapper json, Keyring keyring) {
        return new Idempotency(transactions, records, new KeptAnswers(json), keyring);
    }

    @Bean
    ExpiredIdempotencyRecords expiredIdempotencyRecords(ScopedTransactions transactions, IdempotencyRecords records) {
        return new ExpiredIdempotencyRecords(transactions, records);
    }
}
