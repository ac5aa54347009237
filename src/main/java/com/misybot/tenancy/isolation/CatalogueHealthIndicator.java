package com.misybot.tenancy.isolation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * Whether PostgreSQL answers and still keeps tenants apart: the whole of readiness. PostgreSQL is asked every time, the
 * catalogue once a minute.
 */
@Component("catalogueHealthIndicator")
class CatalogueHealthIndicator extends AbstractHealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(CatalogueHealthIndicator.class);
    private static final Duration EVERY = Duration.ofMinutes(1);

    private record Look(Instant at, List<String> breaches) {}

    private final CatalogueCheck check;
    private final Clock clock;
    private volatile Look last = new Look(Instant.MIN, List.of());

    CatalogueHealthIndicator(CatalogueCheck check, Clock clock) {
        super("PostgreSQL does not answer");
        this.check = check;
        this.clock = clock;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        check.reach();
        var now = clock.instant();
        if (last.at.isBefore(now.minus(EVERY))) {
            var breaches = check.breaches();
            if (!breaches.isEmpty() && !breaches.equals(last.breaches)) {
                log.error("Security event: the database does not keep tenants apart any more: {}", breaches);
            }
            last = new Look(now, breaches);
        }
        builder.status(last.breaches.isEmpty() ? "UP" : "OUT_OF_SERVICE");
    }
}
