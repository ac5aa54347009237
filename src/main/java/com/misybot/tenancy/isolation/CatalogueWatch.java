package com.misybot.tenancy.isolation;

import com.misybot.tenancy.kernel.SecurityEvents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Keeps what the last look at the catalogue has found, for readiness and status alike. A breach found after the start is a security event. */
@Component
class CatalogueWatch implements IsolationFindings {

    private static final Duration EVERY = Duration.ofMinutes(1);

    private record Look(Instant at, List<String> breaches) {}

    private final CatalogueCheck check;
    private final SecurityEvents events;
    private final Clock clock;
    private volatile Look last = new Look(Instant.MIN, List.of());

    CatalogueWatch(CatalogueCheck check, SecurityEvents events, Clock clock) {
        this.check = check;
        this.events = events;
        this.clock = clock;
    }

    /** Looks now. */
    @Override
    public List<Finding> findings() {
        return look(clock.instant()).stream()
                .map(breach -> new Finding("postgres", "catalogue_breach", breach))
                .toList();
    }

    /** Whether a look of at most a minute ago has found nothing. PostgreSQL is asked whether it answers every time. */
    boolean isWell() {
        check.reach();
        var now = clock.instant();
        var seen = last;
        return (seen.at.isBefore(now.minus(EVERY)) ? look(now) : seen.breaches).isEmpty();
    }

    private synchronized List<String> look(Instant now) {
        var breaches = check.breaches();
        if (!breaches.isEmpty() && !breaches.equals(last.breaches)) {
            events.tell(
                    "catalogue_breach",
                    "the database does not keep tenants apart any more: " + String.join("; ", breaches));
        }
        last = new Look(now, breaches);
        return breaches;
    }
}
