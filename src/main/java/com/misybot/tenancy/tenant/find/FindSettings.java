package com.misybot.tenancy.tenant.find;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What finding tenants may cost.
 *
 * @param within how long one question may keep the database busy; beyond it a list is refused as too broad and a search tells what
 *     it has found so far; 1 ms to 10 seconds
 * @param candidates how many tenants a search looks at more closely; 1 to 10000
 */
@ConfigurationProperties("tenancy.tenant.find")
public record FindSettings(
        @DefaultValue("1s") Duration within,
        @DefaultValue("500") int candidates) {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    public FindSettings {
        if (within.compareTo(Duration.ofMillis(1)) < 0 || within.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("tenancy.tenant.find.within must be from 1 ms to 10 seconds");
        }
        if (candidates < 1 || candidates > 10_000) {
            throw new IllegalArgumentException("tenancy.tenant.find.candidates must be from 1 to 10000");
        }
    }
}
