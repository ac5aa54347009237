package com.misybot.tenancy.provisioning;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks for runs that should have ended long ago: told by the metric {@code tenancy.provisioning.stuck} and by the health of the service,
 * never by its readiness, since another instance would find the same.
 */
@Component("provisioningHealthIndicator")
class StuckRuns extends AbstractHealthIndicator implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(StuckRuns.class);

    private final ProvisioningStore store;
    private final ScopedTransactions transactions;
    private final ProvisioningSettings settings;
    private volatile long stuck;
    private volatile @Nullable ScheduledExecutorService rounds;

    StuckRuns(
            ProvisioningStore store,
            ScopedTransactions transactions,
            ProvisioningSettings settings,
            MeterRegistry meters) {
        super("Runs of provisioning were not looked at");
        this.store = store;
        this.transactions = transactions;
        this.settings = settings;
        Gauge.builder("tenancy.provisioning.stuck", this, runs -> runs.stuck)
                .description("Runs of provisioning that should have ended long ago")
                .register(meters);
    }

    void look() {
        try {
            var found = transactions.read(Scope.platform(), () -> store.countOpen(settings.stuckAfter()));
            if (found > stuck) {
                LOG.warn("{} runs of provisioning have not ended for {}", found, settings.stuckAfter());
            }
            stuck = found;
        } catch (RuntimeException unavailable) {
            LOG.debug("Runs of provisioning were not looked at", unavailable);
        }
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.status(stuck == 0 ? "UP" : "DOWN").withDetail("stuck", stuck);
    }

    @Override
    public void start() {
        var executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("stuck-runs").factory());
        var every = settings.lookEvery().toMillis();
        var _ = executor.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
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
