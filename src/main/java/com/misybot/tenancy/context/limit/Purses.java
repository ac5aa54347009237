package com.misybot.tenancy.context.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.misybot.tenancy.web.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What this instance has of one kind of rate, of each who has such a rate and has used it lately. */
final class Purses<K> {

    private static final int MOST = 50_000;

    /** Longer than anything in a purse counts. */
    private static final Duration IDLE = Duration.ofSeconds(3);

    private final String name;
    private final Purse.House house;
    private final Function<K, Purse> make;
    private final Cache<K, Purse> purses;
    private final Counter refused;

    Purses(String name, Purse.House house, MeterRegistry meters, Function<K, Grants> grants) {
        this.name = name;
        this.house = house;
        this.make = key -> new Purse(house, grants.apply(key));
        this.purses = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(IDLE)
                .ticker(house.ticker())
                .build();
        this.refused = Counter.builder("tenancy.limit.refused")
                .description("Requests beyond a rate")
                .tag("limit", name)
                .register(meters);
    }

    /**
     * Spends one.
     *
     * @param response is told what is left where more than half is used; null where nobody reads it
     * @throws ProblemException 429 where there is none
     */
    void take(K key, int perSecond, @Nullable HttpServletResponse response) {
        var purse = purse(key);
        if (!purse.take(perSecond)) {
            refused.increment();
            throw RateFields.refusal(
                    name, perSecond, purse.untilFree(house.ticker().read()));
        }
        if (response != null && purse.isTight(perSecond)) {
            response.addHeader(RateFields.POLICY, RateFields.policy(name, perSecond));
            response.addHeader(RateFields.LIMIT, RateFields.left(name, purse.left(), 1));
        }
    }

    private Purse purse(K key) {
        var present = purses.getIfPresent(key);
        return present != null ? present : purses.get(key, make);
    }
}
