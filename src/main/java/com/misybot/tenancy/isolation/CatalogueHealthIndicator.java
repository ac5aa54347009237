package com.misybot.tenancy.isolation;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Whether PostgreSQL answers and still keeps tenants apart: the whole of readiness. */
@Component("catalogueHealthIndicator")
class CatalogueHealthIndicator extends AbstractHealthIndicator {

    private final CatalogueWatch watch;

    CatalogueHealthIndicator(CatalogueWatch watch) {
        super("PostgreSQL does not answer");
        this.watch = watch;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.status(watch.isWell() ? "UP" : "OUT_OF_SERVICE");
    }
}
