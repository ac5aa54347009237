package com.misybot.tenancy.tenant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What plans give. A plan is known for a second at a time, so that an import does not ask for every line; that there is none is
 * never remembered, so that a new one can be used at once. What is deleted within the second is refused by a foreign key.
 */
@Component
class Plans {

    private static final int MOST = 1_000;

    private final Cache<String, Limits> known = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Duration.ofSeconds(1))
            .build();

    private final JdbcClient jdbc;
    private final LimitJson json;

    Plans(JdbcClient jdbc, LimitJson json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Whether there is such a plan; asks in the transaction of the caller. */
    boolean exists(String plan) {
        return limits(plan) != null;
    }

    /** The limits of a plan, as old as a second; null where there is no such plan. Asks in the transaction of the caller. */
    @Nullable
    Limits limits(String plan) {
        var remembered = known.getIfPresent(plan);
        if (remembered != null) {
            return remembered;
        }
        var present = presentLimits(plan);
        if (present != null) {
            known.put(plan, present);
        }
        return present;
    }

    /** The limits of a plan, as they are; null where there is no such plan. Asks in the transaction of the caller. */
    @Nullable
    Limits presentLimits(String plan) {
        return jdbc.sql("select limits from plan where id = ?")
                .param(plan)
                .query(String.class)
                .optional()
                .map(json::limits)
                .orElse(null);
    }
}
