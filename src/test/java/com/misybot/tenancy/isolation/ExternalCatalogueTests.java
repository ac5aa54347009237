package com.misybot.tenancy.isolation;

import com.misybot.tenancy.kernel.SecurityEvents;
import javax.sql.DataSource;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/** The catalogue of another PostgreSQL; the start itself shows that its schema can be made. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "tenancy.embedded.enabled=false")
@ContextConfiguration(initializers = ExternalStores.class)
@EnabledIfSystemProperty(
        named = ExternalStores.POSTGRES,
        matches = ".+",
        disabledReason = "no other PostgreSQL is named: -Dtenancy.test.postgres-url, -Dtenancy.test.redis-url")
class ExternalCatalogueTests extends CatalogueTests {

    ExternalCatalogueTests(
            @Autowired @Qualifier("ownerDataSource") DataSource owner,
            @Autowired CatalogueCheck check,
            @Autowired SecurityEvents events) {
        super(owner, check, events);
    }
}
