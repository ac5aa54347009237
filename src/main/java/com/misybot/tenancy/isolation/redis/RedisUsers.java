package com.misybot.tenancy.isolation.redis;

import com.misybot.tenancy.isolation.redis.AdminRedis.RedisAdminException;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.SecurityEvents;
import com.misybot.tenancy.operation.Operations;
import com.misybot.tenancy.tenant.ServedTenant;
import com.misybot.tenancy.tenant.ServedTenants;
import com.misybot.tenancy.tenant.TenantStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes the users in Redis what PostgreSQL says they have to be, on every node, one by one. A tenant has a user where a password was
 * issued, unless it waits for its deletion or its namespace is being emptied.
 */
@Component
class RedisUsers {

    private static final int BATCH = 500;

    /** Who is on the way out has no user; a restored tenant has it again, with the password it had. */
    private static final Set<TenantStatus> GONE =
            EnumSet.of(TenantStatus.PENDING_DELETION, TenantStatus.PURGING, TenantStatus.PURGED);

    private final AdminRedis redis;
    private final NamespaceRows rows;
    private final ScopedTransactions transactions;
    private final ServedTenants served;
    private final Operations operations;
    private final SecurityEvents events;

    /** How a life of a node writes what a user of a tenant may do, learnt from the first one made in it. */
    private final Map<String, String> written = new ConcurrentHashMap<>();

    RedisUsers(
            AdminRedis redis,
            NamespaceRows rows,
            ScopedTransactions transactions,
            ServedTenants served,
            Operations operations,
            SecurityEvents events) {
        this.redis = redis;
        this.rows = rows;
        this.transactions = transactions;
        this.served = served;
        this.operations = operations;
        this.events = events;
    }

    /** A user as it has to be: with the password of this hash, or not at all. */
    private record Wanted(TenantUser user, @Nullable String sha256) {}

    /**
     * Makes the user of one tenant what it has to be now. Whoever writes reads again afterwards, so that of two who do it at once
     * the later one leaves what the later row says.
     *
     * @throws RedisAdminException where a node does not answer or refuses
     */
    void bring(UUID tenant) {
        var wanted = wanted(tenant);
        while (true) {
            for (var life : lives()) {
                put(life, wanted);
            }
            var now = wanted(tenant);
            if (now.equals(wanted)) {
                return;
            }
            wanted = now;
        }
    }

    /**
     * Compares every user that tenants have or have had, on every node, and corrects what differs.
     *
     * @return how many differed
     * @throws RedisAdminException where a node does not answer or refuses
     */
    long bringAll() {
        var corrected = 0L;
        @Nullable UUID last = null;
        while (true) {
            var after = last;
            var batch = transactions.read(Scope.platform(), () -> rows.next(after, BATCH));
            if (batch.isEmpty()) {
                return corrected;
            }
            var lives = lives();
            for (var wanted : wanted(batch)) {
                if (lives.stream().anyMatch(life -> differs(life, wanted))) {
                    bring(wanted.user.tenant());
                    corrected++;
                }
            }
            last = batch.getLast().tenant();
        }
    }

    /** A node from one start to the next. */
    private record Life(RedisNode node, String run) {}

    private List<Life> lives() {
        return redis.nodes().stream().map(node -> new Life(node, node.run())).toList();
    }

    private Wanted wanted(UUID tenant) {
        var row = transactions.read(Scope.tenant(tenant), () -> rows.find(tenant));
        return row.map(present -> wanted(List.of(present)).getFirst())
                .orElseGet(() -> new Wanted(new TenantUser(tenant), null));
    }

    private List<Wanted> wanted(List<NamespaceRow> batch) {
        var tenants = served.byId(batch.stream().map(NamespaceRow::tenant).toList()).stream()
                .collect(Collectors.toMap(ServedTenant::id, Function.identity()));
        return batch.stream()
                .map(row -> {
                    var tenant = tenants.get(row.tenant());
                    var lives = tenant != null && !GONE.contains(tenant.status()) && !isClosed(row);
                    return new Wanted(new TenantUser(row.tenant()), lives ? row.sha256() : null);
                })
                .toList();
    }

    /** An operation that has ended keeps nobody out, however it ended. */
    boolean isClosed(NamespaceRow row) {
        if (row.closedBy() == null) {
            return false;
        }
        var operation = operations.find(row.closedBy());
        return operation != null && !operation.status().hasEnded();
    }

    private boolean differs(Life life, Wanted wanted) {
        var said = life.node.user(wanted.user.name());
        if (wanted.sha256 == null || said.isEmpty()) {
            return wanted.sha256 != null || !said.isEmpty();
        }
        var present = TenantUser.Present.of(said);
        return !present.hasPassword(wanted.sha256)
                || !present.isOnlyFor(wanted.user)
                || !present.commands().equals(written.get(life.run));
    }

    private void put(Life life, Wanted wanted) {
        var node = life.node;
        var name = wanted.user.name();
        var said = node.user(name);
        if (wanted.sha256 == null) {
            if (!said.isEmpty()) {
                node.deleteUser(name);
            }
            return;
        }
        if (!said.isEmpty()) {
            var present = TenantUser.Present.of(said);
            if (!present.hasPassword(wanted.sha256)) {
                node.deleteUser(name); // a new password alone would let live on who has come in by the one before
            } else if (present.isOnlyFor(wanted.user) && present.commands().equals(written.get(life.run))) {
                return;
            } else if (written.containsKey(life.run) || !present.isOnlyFor(wanted.user)) {
                events.tell(
                        "redis_user_changed",
                        "the user " + name + " of Redis may do what this service has not given it, and is made anew");
                node.deleteUser(name);
            }
        }
        node.setUser(name, wanted.user.rules(wanted.sha256));
        written.put(life.run, TenantUser.Present.of(node.user(name)).commands());
    }
}
