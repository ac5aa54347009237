package com.misybot.tenancy.context.limit;

import com.github.benmanes.caffeine.cache.Ticker;
import com.misybot.tenancy.context.KnownTenant;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.RedisKeys;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.TenantRates;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Lets through what a tenant and a caller may have in a second. Over all instances together at most 1.1 times the rate passes
 * in any second; without Redis each instance lets the whole rate through.
 */
@Component
public class RateLimits implements TenantRates {

    /** A request waits for Redis in more places than here, and for 250 ms in all. */
    private static final Duration PATIENCE = Duration.ofMillis(50);

    private final LimitSettings settings;
    private final Map<Rate, Purses<UUID>> ofTenants = new EnumMap<>(Rate.class);
    private final Purses<Actor> ofCallers;

    @Autowired
    RateLimits(SharedGrants grants, LimitSettings settings, MeterRegistry meters) {
        this(
                grants,
                settings,
                meters,
                Ticker.systemTicker(),
                PATIENCE,
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("rate-lease-", 0).factory()));
    }

    /** One instance of the service with a clock of its own. */
    RateLimits(
            SharedGrants grants,
            LimitSettings settings,
            MeterRegistry meters,
            Ticker ticker,
            Duration patience,
            Executor asking) {
        this.settings = settings;
        var house = new Purse.House(ticker, asking, new Away(ticker), settings.instances(), patience);
        for (var rate : Rate.values()) {
            ofTenants.put(rate, new Purses<>(rate.word(), house, meters, tenant -> {
                var key = RedisKeys.limit(tenant, rate.word());
                return (budget, wanted, rests) -> grants.ask(key, tenant, budget, wanted, rests);
            }));
        }
        ofCallers = new Purses<>("caller", house, meters, caller -> {
            var key = RedisKeys.callerRate(caller);
            return (budget, wanted, rests) -> grants.ask(key, null, budget, wanted, rests);
        });
    }

    /**
     * Counts one for a tenant.
     *
     * @throws ProblemException 429 {@code too_many_requests} with {@code Retry-After} and the RateLimit fields
     */
    public void require(KnownTenant tenant, Rate rate) {
        require(tenant, rate, null);
    }

    /**
     * Counts one for a tenant like {@link #require(KnownTenant, Rate)}, and tells in the answer what is left where more than
     * half of the rate is used.
     */
    public void require(KnownTenant tenant, Rate rate, @Nullable HttpServletResponse response) {
        ofTenant(rate).take(tenant.id(), rate.perSecond(tenant.limits()), response);
    }

    @Override
    public void requireVerification(UUID tenant, int perSecond) {
        ofTenant(Rate.VERIFY).take(tenant, perSecond, null);
    }

    /** Counts one request of a caller, and tells in the answer what is left where more than half of the rate is used. */
    void require(Actor caller, HttpServletResponse response) {
        ofCallers.take(caller, settings.callerRate(caller.kind()), response);
    }

    private Purses<UUID> ofTenant(Rate rate) {
        return Objects.requireNonNull(ofTenants.get(rate));
    }
}
