package com.misybot.tenancy.provisioning;

import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.operation.OperationHandler;
import com.misybot.tenancy.operation.OperationRun;
import com.misybot.tenancy.operation.job.RetryPolicy;
import com.misybot.tenancy.tenant.TenantProvisioning;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Carries runs of provisioning: each is an operation, so that it is taken over after a crash, waited for and followed. */
@Component
class ProvisionTenant implements OperationHandler {

    /** The kind of the operation. */
    static final String KIND = "tenant.provision";

    /** What ends without coming further is begun again by the run itself, which counts how often. */
    private static final RetryPolicy BEGUN_AGAIN =
            new RetryPolicy(Integer.MAX_VALUE, Duration.ofSeconds(1), Duration.ofMinutes(1));

    private final Plan plan;
    private final ProvisioningStore store;
    private final TenantProvisioning tenants;
    private final ScopedTransactions transactions;
    private final ProvisioningSettings settings;
    private final SecureRandom random;
    private final Clock clock;
    private final MeterRegistry meters;

    ProvisionTenant(
            Plan plan,
            ProvisioningStore store,
            TenantProvisioning tenants,
            ScopedTransactions transactions,
            ProvisioningSettings settings,
            SecureRandom random,
            Clock clock,
            MeterRegistry meters) {
        this.plan = plan;
        this.store = store;
        this.tenants = tenants;
        this.transactions = transactions;
        this.settings = settings;
        this.random = random;
        this.clock = clock;
        this.meters = meters;
    }

    /** What is ordered: who is to be set up. */
    record Order(UUID tenant, String tenantId) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public List<String> steps() {
        return plan.names();
    }

    /** An abort undoes what was done; a cancelled operation would leave it. */
    @Override
    public boolean cancellable() {
        return false;
    }

    @Override
    public RetryPolicy retries() {
        return BEGUN_AGAIN;
    }

    @Override
    public Object run(OperationRun operation) {
        var order = Objects.requireNonNull(operation.input(Order.class));
        var journal = new Journal(store, transactions, order.tenant(), operation.id(), operation.fence());
        var execution = new Execution(
                journal, plan, new TenantId(order.tenantId()), tenants, operation, settings, random, clock);
        var run = execution.toItsEnd();
        if (run.endedAt() != null) {
            meters.timer(
                            "tenancy.provisioning.run",
                            "outcome",
                            run.state() == RunState.SUCCEEDED ? "succeeded" : "failed")
                    .record(Duration.between(run.createdAt(), run.endedAt()));
        }
        if (run.state() == RunState.FAILED) {
            throw ProvisioningProblem.failed(run);
        }
        return Map.of("tenantId", order.tenantId());
    }
}
