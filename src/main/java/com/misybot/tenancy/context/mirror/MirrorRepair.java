package com.misybot.tenancy.context.mirror;

import com.misybot.tenancy.context.redis.RedisAwayException;
import com.misybot.tenancy.context.redis.RedisDoor;
import com.misybot.tenancy.kernel.RedisKeys;
import com.misybot.tenancy.tenant.ServedTenant;
import com.misybot.tenancy.tenant.ServedTenants;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Brings Redis what it does not have: every second what changes have left behind, everything after a flush, and what a
 * comparison of all contexts finds. Every instance does it; twice is as good as once.
 */
@Component
public class MirrorRepair implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(MirrorRepair.class);

    /** As many as Redis takes in the time of one call, with room to spare. */
    private static final int BATCH = 100;

    /** A change writes its context itself at first. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final PendingContexts pending;
    private final ServedTenants served;
    private final Mirror mirror;
    private final RedisDoor redis;
    private final MirrorSettings settings;
    private final Clock clock;
    private volatile Duration lag = Duration.ZERO;
    private volatile long drift;
    private volatile @Nullable ScheduledExecutorService rounds;

    MirrorRepair(
            PendingContexts pending,
            ServedTenants served,
            Mirror mirror,
            RedisDoor redis,
            MirrorSettings settings,
            Clock clock,
            MeterRegistry meters) {
        this.pending = pending;
        this.served = served;
        this.mirror = mirror;
        this.redis = redis;
        this.settings = settings;
        this.clock = clock;
        TimeGauge.builder("tenancy.mirror.lag", this, TimeUnit.MILLISECONDS, repair -> repair.lag.toMillis())
                .description("How long the oldest change has waited for Redis")
                .register(meters);
        Gauge.builder("tenancy.mirror.drift", this, repair -> repair.drift)
                .description("Contexts that Redis did not have right at the last comparison")
                .register(meters);
    }

    /** Writes what has been marked for longer than {@code age}; takes the marks away. */
    void repair(Duration age) {
        for (var batch = pending.oldest(age, BATCH); !batch.isEmpty(); batch = pending.oldest(age, BATCH)) {
            mirror.write(served.byId(
                    batch.stream().map(PendingContexts.Pending::tenant).toList()));
            pending.done(batch);
        }
    }

    /**
     * Writes every context that Redis does not have as it is, or does not find by its site.
     *
     * @param told how many have been looked at, after each batch
     * @return how many were written
     * @throws RedisAwayException where Redis does not answer
     */
    long compare(LongConsumer told) {
        var differing = 0L;
        var seen = 0L;
        var page = served.enumerate(null, BATCH);
        while (!page.isEmpty()) {
            var missing = differing(page);
            if (!missing.isEmpty()) {
                mirror.write(missing);
            }
            differing += missing.size();
            seen += page.size();
            told.accept(seen);
            page = served.enumerate(page.getLast().id(), BATCH);
        }
        redis.call(commands -> commands.set(RedisKeys.MIRROR, clock.instant().toString()));
        drift = differing;
        return differing;
    }

    /** Redis may be ahead: a change was committed after the page was read. */
    private List<ServedTenant> differing(List<ServedTenant> page) {
        var mirrored = mirror.readAll(page.stream().map(ServedTenant::id).toList());
        var withoutSite = mirror.withoutSite(page);
        var missing = new ArrayList<ServedTenant>();
        for (var i = 0; i < page.size(); i++) {
            var present = mirrored.get(i);
            var tenant = page.get(i);
            if (present == null
                    || present.contextVersion() < tenant.contextVersion()
                    || withoutSite.contains(tenant.id())) {
                missing.add(tenant);
            }
        }
        return missing;
    }

    private void round() {
        if (!redis.isConfigured()) {
            return;
        }
        try {
            lag = pending.lag();
            if (redis.call(commands -> commands.exists(RedisKeys.MIRROR)) == 0) {
                LOG.info("Redis is empty or new: {} contexts were written into it", compare(_ -> {}));
            }
            repair(GRACE);
            lag = pending.lag();
        } catch (RedisAwayException _) {
            // the next round comes; the lag is a metric
        } catch (RuntimeException e) {
            LOG.debug("The repair of the mirror waits for the database", e);
        }
    }

    private void comparison() {
        if (!redis.isConfigured()) {
            return;
        }
        try {
            var found = compare(_ -> {});
            if (found > 0) {
                LOG.warn("Redis was behind PostgreSQL with {} contexts, which have been written", found);
            }
        } catch (RedisAwayException _) {
            // the next comparison finds the same
        } catch (RuntimeException e) {
            LOG.debug("The comparison of the mirror waits for the database", e);
        }
    }

    @Override
    public void start() {
        var executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("mirror-repair").factory());
        var repair = settings.repairInterval().toMillis();
        var comparison = settings.driftInterval().toMillis();
        var _ = executor.scheduleWithFixedDelay(this::round, 0, repair, TimeUnit.MILLISECONDS);
        var _ = executor.scheduleWithFixedDelay(this::comparison, comparison, comparison, TimeUnit.MILLISECONDS);
        rounds = executor;
    }

    @Override
    public void stop() {
        var executor = rounds;
        if (executor != null) {
            executor.shutdown();
            rounds = null;
        }
    }

    @Override
    public boolean isRunning() {
        return rounds != null;
    }
}
