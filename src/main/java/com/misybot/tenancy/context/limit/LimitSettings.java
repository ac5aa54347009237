package com.misybot.tenancy.context.limit;

import com.misybot.tenancy.kernel.Actor;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What callers may have, and what an instance may give without asking.
 *
 * @param callerRate requests of one caller in a second, of all instances together, 1 to 10,000,000
 * @param callerRates the same for a kind of caller (operator, service, tenant) where it is another
 * @param instances how many instances of the service run at most: each may spend its share of 5 % of a rate without asking Redis,
 *     1 to 1,000
 */
@ConfigurationProperties("tenancy.context.limit")
record LimitSettings(
        @DefaultValue("20000") int callerRate,
        @DefaultValue Map<Actor.Kind, Integer> callerRates,
        @DefaultValue("10") int instances) {

    private static final int MOST = 10_000_000;
    private static final int MOST_INSTANCES = 1_000;

    LimitSettings {
        callerRates = Map.copyOf(callerRates);
        requireWithin(callerRate, "caller-rate", MOST);
        callerRates.values().forEach(rate -> requireWithin(rate, "caller-rates", MOST));
        requireWithin(instances, "instances", MOST_INSTANCES);
    }

    /** What a caller of this kind may have in a second. */
    int callerRate(Actor.Kind kind) {
        return callerRates.getOrDefault(kind, callerRate);
    }

    private static void requireWithin(int value, String setting, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    "tenancy.context.limit." + setting + " must be from 1 to " + most + ", not " + value);
        }
    }
}
