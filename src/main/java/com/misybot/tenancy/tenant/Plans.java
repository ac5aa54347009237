package com.misybot.tenancy.tenant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which plans there are. Known for a second at a time, so that an import does not ask for every line. */
@Component
class Plans {

    private static final int MOST = 1_000;

    private final Cache<String, Boolean> known = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Duration.ofSeconds(1))
            .build();

    private final JdbcClient jdbc;

    Plans(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether there is such a plan; asks in the transaction of the caller. */
    boolean exists(String plan) {
        var remembered = known.getIfPresent(plan);
        if (remembered != null) {
            return remembered;
        }
        var exists = jdbc.sql("select exists (select from plan where id = ?)")
                .param(plan)
                .query(Boolean.class)
                .single();
        known.put(plan, exists);
        return exists;
    }
}
