package com.misybot.tenancy.isolation.redis;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.OperationHandler;
import com.misybot.tenancy.operation.OperationRun;
import com.misybot.tenancy.web.ProblemException;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.springframework.stereotype.Component;

/**
 * Deletes what platform services have in a tenant's namespace: the user is taken away, which cuts who writes, then everything is
 * deleted until two passes have found nothing, then the user comes back. Not to be cancelled, because half-way nobody gets in.
 */
@Component
class EmptyNamespace implements OperationHandler {

    static final String KIND = "isolation.empty-redis-namespace";

    /** Where no user can be taken away somebody may write on and on. */
    private static final int MOST_PASSES = 100;

    private final AdminRedis redis;
    private final RedisUsers users;
    private final NamespaceRows rows;
    private final ScopedTransactions transactions;
    private final RedisIsolationSettings settings;

    EmptyNamespace(
            AdminRedis redis,
            RedisUsers users,
            NamespaceRows rows,
            ScopedTransactions transactions,
            RedisIsolationSettings settings) {
        this.redis = redis;
        this.users = users;
        this.rows = rows;
        this.transactions = transactions;
        this.settings = settings;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public List<String> steps() {
        return List.of("close", "empty", "open");
    }

    @Override
    public boolean cancellable() {
        return false;
    }

    /**
     * How it ended.
     *
     * @param deleted keys
     * @param closed whether nobody could write meanwhile; not where this Redis has no users for tenants
     */
    record Summary(long deleted, boolean closed) {}

    @Override
    public Summary run(OperationRun run) {
        var tenant = run.scope().tenant();
        var withUsers = settings.acl() && redis.state() == AclState.ON;
        if (withUsers) {
            run.step("close", () -> users.bring(tenant));
        }
        run.step("empty", () -> untilNothingIsFound(() -> pass(tenant, run)));
        run.step("open", () -> {
            transactions.change(Scope.tenant(tenant), () -> {
                run.confirm();
                rows.open(tenant, run.id());
                return tenant;
            });
            if (withUsers) {
                users.bring(tenant);
            }
        });
        return new Summary(run.progress().done(), withUsers);
    }

    /**
     * Repeats a pass until two have found nothing: what was on its way when the writers were cut may arrive behind the first.
     *
     * @param pass deletes what it finds, and says how much that was
     */
    static void untilNothingIsFound(LongSupplier pass) {
        var clean = 0;
        for (var passes = 0; clean < 2; passes++) {
            if (passes == MOST_PASSES) {
                throw new ProblemException(
                        NamespaceProblem.NAMESPACE_CLOSED,
                        "Somebody writes into the namespace as fast as it is emptied: stop who does, and begin again.");
            }
            clean = pass.getAsLong() == 0 ? clean + 1 : 0;
        }
    }

    private long pass(UUID tenant, OperationRun run) {
        var found = 0L;
        for (var node : redis.nodes()) {
            if (node.master()) {
                var before = run.progress().done();
                var deleted = new long[1];
                node.scan(new TenantUser(tenant).prefix() + "*", keys -> {
                    if (!keys.isEmpty()) {
                        deleted[0] += node.unlink(keys);
                        run.progress(before + deleted[0], null);
                    }
                    run.checkpoint();
                    return true;
                });
                found += deleted[0];
            }
        }
        return found;
    }
}
