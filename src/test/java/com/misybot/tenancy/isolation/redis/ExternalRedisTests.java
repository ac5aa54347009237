package com.misybot.tenancy.isolation.redis;

import com.misybot.tenancy.isolation.ExternalStores;
import com.misybot.tenancy.kernel.ScopedTransactions;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;

/** The namespaces of another Redis, with the data of another PostgreSQL. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "tenancy.embedded.enabled=false")
@ContextConfiguration(initializers = ExternalStores.class)
@EnabledIfSystemProperty(
        named = ExternalStores.REDIS,
        matches = ".+",
        disabledReason = "no other Redis is named: -Dtenancy.test.postgres-url, -Dtenancy.test.redis-url")
class ExternalRedisTests extends RedisNamespaceTests {

    ExternalRedisTests(
            ApplicationContext context,
            ScopedTransactions transactions,
            JdbcClient jdbc,
            RedisUsers users,
            Environment environment) {
        super(context, transactions, jdbc, users, environment);
    }
}
