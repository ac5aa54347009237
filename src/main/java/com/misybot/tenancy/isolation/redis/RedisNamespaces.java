package com.misybot.tenancy.isolation.redis;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.isolation.redis.AdminRedis.RedisAdminException;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Difference;
import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.keyring.Base62;
import com.misybot.tenancy.operation.Operation;
import com.misybot.tenancy.operation.OperationOrder;
import com.misybot.tenancy.operation.Operations;
import com.misybot.tenancy.tenant.ServedTenants;
import com.misybot.tenancy.tenant.TenantStatus;
import com.misybot.tenancy.web.Causes;
import com.misybot.tenancy.web.IfMatch;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.WebProblem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** The namespaces of tenants in Redis: who gets at them, and emptying them. */
@Service
public class RedisNamespaces {

    private static final String STORE = "redis";

    /** 160 bits. */
    private static final int DIGITS = 27;

    private final AdminRedis redis;
    private final RedisUsers users;
    private final NamespaceRows rows;
    private final ScopedTransactions transactions;
    private final ServedTenants served;
    private final Operations operations;
    private final ApplicationEventPublisher events;
    private final SecureRandom random;
    private final Clock clock;

    RedisNamespaces(
            AdminRedis redis,
            RedisUsers users,
            NamespaceRows rows,
            ScopedTransactions transactions,
            ServedTenants served,
            Operations operations,
            ApplicationEventPublisher events,
            SecureRandom random,
            Clock clock) {
        this.redis = redis;
        this.users = users;
        this.rows = rows;
        this.transactions = transactions;
        this.served = served;
        this.operations = operations;
        this.events = events;
        this.random = random;
        this.clock = clock;
    }

    /**
     * What a platform service logs in to Redis with for one tenant.
     *
     * @param username of the user
     * @param prefix how its keys and channels begin
     * @param generation raised by every change
     * @param issuedAt when the password was made
     * @param issuedBy who wanted it
     */
    public record Credentials(String username, String prefix, long generation, Instant issuedAt, String issuedBy) {}

    /** Credentials with the password, which nobody can ask for again. */
    public record Issued(Credentials credentials, OneTimeSecret password) {}

    /** Whether tenants can have users of Redis, as of now. */
    public AclState state() {
        return redis.state();
    }

    /**
     * Refuses where no tenant can have a user now.
     *
     * @throws ProblemException 501, 503
     */
    public void requireUsers() {
        NamespaceProblem.requireUsers(redis.state());
    }

    /**
     * Makes a password. The one before is good for nothing from then on, and cuts who came in by it, once {@link #bring} has run.
     *
     * @throws ProblemException 409 where the tenant waits for its deletion
     */
    public Issued issue(UUID tenant, Cause cause) {
        return transactions.change(Scope.tenant(tenant), () -> {
            var password = Base62.random(random, DIGITS);
            rows.issue(tenant, sha256(password), cause.actor());
            publish(tenant, NamespaceChanges.ISSUED, Map.of("password", Difference.MASKED), cause);
            return new Issued(require(tenant), new OneTimeSecret(password));
        });
    }

    /**
     * Refuses where a user would not be made.
     *
     * @throws ProblemException 409 where the tenant waits for its deletion
     */
    public void requireOpen(UUID tenant) {
        var found = served.byId(List.of(tenant));
        if (found.isEmpty()
                || found.getFirst().status() == TenantStatus.PENDING_DELETION
                || found.getFirst().status() == TenantStatus.PURGING) {
            throw new ProblemException(
                    NamespaceProblem.NAMESPACE_CLOSED,
                    "The tenant waits for its deletion and has no user of Redis until it is restored.");
        }
    }

    /**
     * The credentials of a tenant.
     *
     * @throws ProblemException 404 where it has none
     */
    public Credentials find(UUID tenant) {
        return transactions.read(Scope.tenant(tenant), () -> require(tenant));
    }

    /** The name of the tenant's user; null where it has none. */
    @Nullable
    String username(UUID tenant) {
        return transactions.read(
                Scope.tenant(tenant),
                () -> rows.find(tenant)
                        .filter(row -> row.sha256() != null)
                        .map(row -> new TenantUser(tenant).name())
                        .orElse(null));
    }

    /**
     * Ends the credentials of a tenant; {@link #bring} cuts who came in by them.
     *
     * @throws ProblemException 404, 412
     */
    public void revoke(UUID tenant, IfMatch ifMatch, Cause cause) {
        transactions.change(Scope.tenant(tenant), () -> {
            ifMatch.require(require(tenant).generation());
            rows.revoke(tenant);
            publish(tenant, NamespaceChanges.REVOKED, Map.of("password", Difference.MASKED), cause);
            return tenant;
        });
    }

    /**
     * Has Redis know of a committed change at once.
     *
     * @return whether it does; else a job brings it there as soon as Redis answers
     */
    public boolean bring(UUID tenant) {
        try {
            users.bring(tenant);
            return true;
        } catch (RedisAdminException _) {
            return false;
        }
    }

    /** The operation that empties the namespace now; null where none does. To be asked outside of a transaction. */
    public @Nullable UUID emptiedBy(UUID tenant) {
        return transactions
                .read(Scope.tenant(tenant), () -> rows.find(tenant))
                .filter(users::isClosed)
                .map(NamespaceRow::closedBy)
                .orElse(null);
    }

    /**
     * Starts to delete everything that platform services have put into a tenant's namespace. Joins a transaction of the tenant.
     *
     * @param running what {@link #emptiedBy} has said before
     * @throws ProblemException 409 where that is being done already, 422 without a reason, 501 without a Redis
     */
    public Operation empty(UUID tenant, TenantId tenantId, @Nullable UUID running, Cause cause) {
        if (!redis.isConfigured()) {
            throw NamespaceProblem.off();
        }
        Causes.required(cause);
        return transactions.change(Scope.tenant(tenant), () -> {
            var closedBy = rows.find(tenant).map(NamespaceRow::closedBy);
            if (closedBy.isPresent() && closedBy.get().equals(running)) {
                throw new ProblemException(
                        NamespaceProblem.NAMESPACE_CLOSED,
                        "The namespace is being emptied: wait for that operation to end.");
            }
            var started = operations.start(
                    OperationOrder.of(EmptyNamespace.KIND, Scope.tenant(tenant), tenantId, cause.actor()));
            rows.close(tenant, started.id());
            publish(tenant, NamespaceChanges.EMPTYING, Map.of("closedBy", Difference.of(null, started.id())), cause);
            return started;
        });
    }

    private Credentials require(UUID tenant) {
        return rows.find(tenant)
                .flatMap(RedisNamespaces::credentials)
                .orElseThrow(() -> new ProblemException(
                        WebProblem.NOT_FOUND, "The tenant has no credentials for Redis: issue some by POST."));
    }

    private static java.util.Optional<Credentials> credentials(NamespaceRow row) {
        var issuedAt = row.issuedAt();
        var issuedBy = row.issuedBy();
        if (issuedAt == null || issuedBy == null) {
            return java.util.Optional.empty();
        }
        var user = new TenantUser(row.tenant());
        return java.util.Optional.of(new Credentials(user.name(), user.prefix(), row.generation(), issuedAt, issuedBy));
    }

    private void publish(UUID tenant, String type, Map<String, Difference> fields, Cause cause) {
        events.publishEvent(new Change(
                UuidCreator.getTimeOrderedEpoch(), tenant, type, STORE, new TreeMap<>(fields), cause, clock.instant()));
    }

    private static byte[] sha256(String password) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
