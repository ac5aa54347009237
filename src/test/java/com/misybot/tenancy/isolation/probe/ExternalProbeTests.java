package com.misybot.tenancy.isolation.probe;

import com.misybot.tenancy.isolation.ExternalStores;
import javax.sql.DataSource;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.ContextConfiguration;

/** The whole probe against another PostgreSQL and another Redis. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "tenancy.embedded.enabled=false")
@ContextConfiguration(initializers = ExternalStores.class)
@EnabledIfSystemProperty(
        named = ExternalStores.REDIS,
        matches = ".+",
        disabledReason = "no other Redis is named: -Dtenancy.test.postgres-url, -Dtenancy.test.redis-url")
class ExternalProbeTests extends ProbeTests {

    ExternalProbeTests(ApplicationContext context, @Qualifier("ownerDataSource") DataSource owner) {
        super(context, owner);
    }
}
