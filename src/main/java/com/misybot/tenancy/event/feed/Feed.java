package com.misybot.tenancy.event.feed;

import com.misybot.tenancy.event.EventProblem;
import com.misybot.tenancy.event.EventSettings;
import com.misybot.tenancy.event.TypeFilter;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.TenantId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The feeds: that of all events, and that of each tenant. Where to begin is told by a cursor that the same feed has given before. */
@Component
public class Feed {

    /** Begins after everything there is. */
    public static final String LATEST = "latest";

    private final FeedPages pages;
    private final Cursors cursors;
    private final FeedReader reader;
    private final Semaphore places;
    private final int placesOfTenant;
    private final Map<UUID, Integer> taken = new ConcurrentHashMap<>();

    Feed(FeedPages pages, Cursors cursors, FeedReader reader, EventSettings settings, MeterRegistry meters) {
        this.pages = pages;
        this.cursors = cursors;
        this.reader = reader;
        this.places = new Semaphore(settings.maxFollowers());
        this.placesOfTenant = settings.maxFollowersOfTenant();
        Gauge.builder("tenancy.events.followers", reader, FeedReader::followers)
                .description("Streams that follow events in this instance")
                .register(meters);
    }

    /**
     * The events of all tenants within reach.
     *
     * @param tenants those of these alone; empty for all, and then the platform's own events too where nothing is out of reach
     * @param after a cursor, {@value #LATEST}, or null to begin with the oldest
     * @throws com.misybot.tenancy.web.ProblemException 400 {@code cursor_invalid}
     */
    public Lane all(Reach reach, Set<TenantId> tenants, TypeFilter types, @Nullable String after) {
        var at = switch (after) {
            case null -> pages.horizon().pruned();
            case LATEST -> pages.horizon().end();
            default -> cursors.position(after);
        };
        return new AllEvents(pages, cursors, reach, tenants, types, at);
    }

    /**
     * The events of one tenant.
     *
     * @param after a cursor, {@value #LATEST}, or null to begin with the oldest
     * @throws com.misybot.tenancy.web.ProblemException 400 {@code cursor_invalid}
     */
    public Lane ofTenant(UUID tenant, TypeFilter types, @Nullable String after) {
        var at = switch (after) {
            case null -> 0;
            case LATEST -> pages.last(tenant);
            default -> cursors.sequence(tenant, after);
        };
        return new EventsOfTenant(pages, cursors, tenant, types, at);
    }

    /**
     * Follows events live.
     *
     * @param tenant whose client it is, where it is a tenant's
     * @throws com.misybot.tenancy.web.ProblemException 503 {@code too_many_streams}
     */
    public Following follow(Lane lane, @Nullable UUID tenant) {
        if (reader.isOver() || !places.tryAcquire()) {
            throw EventProblem.tooMany();
        }
        if (tenant != null && taken.merge(tenant, 1, Integer::sum) > placesOfTenant) {
            leave(tenant);
            throw EventProblem.tooMany();
        }
        try {
            return new Following(reader, lane, () -> leave(tenant));
        } catch (RuntimeException e) {
            leave(tenant);
            throw e;
        }
    }

    private void leave(@Nullable UUID tenant) {
        places.release();
        if (tenant != null) {
            taken.computeIfPresent(tenant, (_, streams) -> streams == 1 ? null : streams - 1);
        }
    }
}
