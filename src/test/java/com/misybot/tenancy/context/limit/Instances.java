package com.misybot.tenancy.context.limit;

import com.misybot.tenancy.context.redis.ForeignValues;
import com.misybot.tenancy.context.redis.RedisDoor;
import com.misybot.tenancy.web.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** Several instances of the service on one Redis, with one clock that a test moves: theirs, and that of Redis. */
final class Instances {

    static final LimitSettings SETTINGS = new LimitSettings(20_000, Map.of(), 10);

    private static final long EPOCH_MILLIS = 1_800_000_000_000L;

    final AtomicLong nanos = new AtomicLong();
    private final RedisDoor redis;
    private final ForeignValues foreign;

    Instances(RedisDoor redis, ForeignValues foreign) {
        this.redis = redis;
        this.foreign = foreign;
    }

    SharedGrants grants() {
        return new SharedGrants(redis, foreign, () -> Long.toString(EPOCH_MILLIS + nanos.get() / 1_000_000));
    }

    RateLimits instance() {
        return instance(Runnable::run);
    }

    RateLimits instance(Executor asking) {
        return new RateLimits(
                grants(), SETTINGS, new SimpleMeterRegistry(), nanos::get, Duration.ofSeconds(10), asking);
    }

    void move(Duration further) {
        nanos.addAndGet(further.toNanos());
    }

    /** Whether one more is let through. */
    static boolean passes(RateLimits instance, UUID tenant, int perSecond) {
        try {
            instance.requireVerification(tenant, perSecond);
            return true;
        } catch (ProblemException _) {
            return false;
        }
    }

    /** How many pass until one is refused. */
    static int untilRefused(RateLimits instance, UUID tenant, int perSecond) {
        var passed = 0;
        while (passes(instance, tenant, perSecond)) {
            passed++;
        }
        return passed;
    }
}
