package com.misybot.tenancy.tenant.bulk;

import com.misybot.tenancy.kernel.LogContext;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.OperationHandler;
import com.misybot.tenancy.operation.OperationRun;
import com.misybot.tenancy.tenant.ServiceMove;
import com.misybot.tenancy.tenant.TenantMoves;
import com.misybot.tenancy.tenant.TenantRoll.Called;
import com.misybot.tenancy.tenant.bulk.BulkResults.Outcome;
import com.misybot.tenancy.tenant.find.TenantSweep;
import com.misybot.tenancy.web.ProblemException;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Moves many tenants, one tenant a transaction in the order of their UUIDs: the move and its result are committed together. A run that is
 * repeated or taken over goes on after the last result, and who has one is passed over. It can be cancelled between two tenants.
 */
@Component
public class BulkMove implements OperationHandler {

    public static final String KIND = "tenant.bulk";

    private static final int BATCH = 200;

    private final TenantSweep tenants;
    private final TenantMoves moves;
    private final BulkResults results;
    private final ScopedTransactions transactions;

    BulkMove(TenantSweep tenants, TenantMoves moves, BulkResults results, ScopedTransactions transactions) {
        this.tenants = tenants;
        this.moves = moves;
        this.results = results;
        this.transactions = transactions;
    }

    /** How it ended; of a dry run, how it would. */
    record Summary(ServiceMove move, boolean dryRun, long moved, long unchanged, long refused) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Summary run(OperationRun run) {
        var order = Objects.requireNonNull(run.input(BulkOrder.class), "An order of this kind has input");
        var reached = transactions.read(Scope.platform(), () -> results.reached(run.id()));
        var done = reached.done();
        var last = reached.last();
        var total = done + tenants.count(order.those(), last);
        run.progress(done, total);
        while (true) {
            var batch = tenants.next(order.those(), last, BATCH);
            if (batch.isEmpty()) {
                return summary(run.id(), order);
            }
            for (var tenant : batch) {
                LogContext.about(tenant.tenantId(), () -> {
                    move(tenant, order, run.id());
                    return tenant;
                });
                run.progress(++done, Math.max(done, total));
                last = tenant.id();
            }
        }
    }

    /** What is refused is a result; what fails is tried again by another run. */
    private void move(Called tenant, BulkOrder order, UUID operation) {
        try {
            transactions.change(Scope.tenant(tenant.id()), () -> once(tenant, order, operation));
        } catch (ProblemException refused) {
            if (refused.problem().code().status().is5xxServerError()) {
                throw refused;
            }
            transactions.change(Scope.tenant(tenant.id()), () -> {
                if (!results.exists(tenant.id(), operation)) {
                    results.refused(tenant.id(), operation, tenant.tenantId().value(), refused.problem());
                }
                return tenant;
            });
        }
    }

    private Called once(Called tenant, BulkOrder order, UUID operation) {
        if (!results.exists(tenant.id(), operation)) {
            var reach = order.reach().toReach();
            var moved = order.dryRun()
                    ? moves.preview(tenant.id(), order.move(), order.until(), reach, order.cause())
                    : moves.move(tenant.id(), order.move(), order.until(), reach, order.cause());
            results.moved(tenant.id(), operation, tenant.tenantId().value(), moved);
        }
        return tenant;
    }

    private Summary summary(UUID operation, BulkOrder order) {
        return transactions.read(
                Scope.platform(),
                () -> new Summary(
                        order.move(),
                        order.dryRun(),
                        results.count(operation, Outcome.MOVED),
                        results.count(operation, Outcome.UNCHANGED),
                        results.count(operation, Outcome.REFUSED)));
    }
}
