package com.misybot.tenancy.isolation.redis;

import com.misybot.tenancy.isolation.ExternalStores;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.test.context.ContextConfiguration;

/** The guards of users in another Redis. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "tenancy.embedded.enabled=false")
@ContextConfiguration(initializers = ExternalStores.class)
@EnabledIfSystemProperty(
        named = ExternalStores.REDIS,
        matches = ".+",
        disabledReason = "no other Redis is named: -Dtenancy.test.postgres-url, -Dtenancy.test.redis-url")
class ExternalRedisUserGuardTests extends RedisUserGuardTests {

    ExternalRedisUserGuardTests(
            ApplicationContext context, RedisUsers users, MeterRegistry meters, Environment environment) {
        super(context, users, meters, environment);
    }
}
