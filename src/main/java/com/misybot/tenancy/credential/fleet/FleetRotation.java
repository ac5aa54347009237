package com.misybot.tenancy.credential.fleet;

import com.misybot.tenancy.credential.TenantSecrets;
import com.misybot.tenancy.kernel.LogContext;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.OperationHandler;
import com.misybot.tenancy.operation.OperationRun;
import com.misybot.tenancy.tenant.TenantRoll;
import com.misybot.tenancy.tenant.TenantRoll.Called;
import com.misybot.tenancy.web.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Rotates the secrets of many tenants, one tenant a transaction: new secret and result are committed together, and who has a
 * result is passed over, so that a run that is repeated or taken over rotates nobody twice.
 */
@Component
class FleetRotation implements OperationHandler {

    static final String KIND = "credential.fleet-rotation";

    private static final int BATCH = 500;

    private final TenantRoll tenants;
    private final TenantSecrets secrets;
    private final RotationResults results;
    private final ScopedTransactions transactions;

    FleetRotation(TenantRoll tenants, TenantSecrets secrets, RotationResults results, ScopedTransactions transactions) {
        this.tenants = tenants;
        this.secrets = secrets;
        this.results = results;
        this.transactions = transactions;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** Why a tenant that was named has no new secret: it was not there, or out of reach of who asked. */
    static final String UNKNOWN = "unknown_tenant";

    /** A tenant that was named and has no result, because there is no such tenant to have one. */
    record Missing(String tenantId, String code) {}

    /** How it ended; who was missing has failed too. */
    record Summary(long rotated, long failed, List<Missing> missing) {}

    @Override
    public Summary run(OperationRun run) {
        var order = Objects.requireNonNull(run.input(FleetOrder.class));
        var total = tenants.count(order.selection(), order.by());
        var done = 0L;
        @Nullable UUID last = null;
        while (true) {
            var batch = tenants.next(order.selection(), order.by(), last, BATCH);
            if (batch.isEmpty()) {
                return summary(run.id(), order);
            }
            for (var tenant : batch) {
                LogContext.about(tenant.tenantId(), () -> {
                    rotate(tenant, order, run.id());
                    return tenant;
                });
                run.progress(++done, Math.max(done, total));
                last = tenant.id();
            }
        }
    }

    /** What is refused is a result; what fails is tried again by another run. */
    private void rotate(Called tenant, FleetOrder order, UUID operation) {
        try {
            transactions.change(Scope.tenant(tenant.id()), () -> once(tenant, order, operation));
        } catch (ProblemException refused) {
            transactions.change(Scope.tenant(tenant.id()), () -> {
                if (!results.exists(tenant.id(), operation)) {
                    var code = refused.problem().code().code();
                    results.failed(tenant.id(), operation, tenant.tenantId().value(), code);
                }
                return tenant;
            });
        }
    }

    private Called once(Called tenant, FleetOrder order, UUID operation) {
        if (!results.exists(tenant.id(), operation)) {
            var issued = secrets.rotate(tenant.id(), order.rotation(), order.cause());
            var jwe = order.recipient()
                    .encrypt(Map.of(
                            "tenantId",
                            tenant.tenantId().value(),
                            "secretId",
                            issued.secret().id(),
                            "secret",
                            issued.token().value()));
            results.rotated(
                    tenant.id(),
                    operation,
                    tenant.tenantId().value(),
                    issued.secret().id(),
                    jwe);
        }
        return tenant;
    }

    private Summary summary(UUID operation, FleetOrder order) {
        var missing = Objects.requireNonNullElse(order.missing(), List.<String>of()).stream()
                .map(name -> new Missing(name, UNKNOWN))
                .toList();
        return transactions.read(
                Scope.platform(),
                () -> new Summary(
                        results.count(operation, RotationResults.Status.ROTATED),
                        results.count(operation, RotationResults.Status.FAILED) + missing.size(),
                        missing));
    }
}
