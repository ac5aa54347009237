package com.misybot.tenancy.context;

import com.misybot.tenancy.context.mirror.Mirror;
import com.misybot.tenancy.context.mirror.PendingContexts;
import com.misybot.tenancy.context.redis.RedisAwayException;
import com.misybot.tenancy.context.redis.RedisDoor;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.LastStatements;
import com.misybot.tenancy.kernel.LogContext;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.TenantMemory;
import com.misybot.tenancy.tenant.ServedTenants;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Takes every change of a tenant to where its context is kept. In the transaction of the change the tenant is marked; after the
 * commit the process forgets it and Redis is told, and the answer to the change waits a moment for that. What fails then is
 * repaired by the mark.
 */
@Component
class ContextChanges {

    private static final Logger LOG = LoggerFactory.getLogger(ContextChanges.class);

    /** How long an answer waits for Redis. */
    private static final Duration WAIT = Duration.ofMillis(250);

    /** A transaction that changes more leaves Redis to the repair, and does not wait. */
    private static final int FEW = 16;

    private final LastStatements last;
    private final ServedTenants served;
    private final KnownTenants known;
    private final Mirror mirror;
    private final RedisDoor redis;
    private final List<TenantMemory> memories;

    ContextChanges(
            LastStatements last,
            ServedTenants served,
            KnownTenants known,
            Mirror mirror,
            RedisDoor redis,
            List<TenantMemory> memories) {
        this.last = last;
        this.served = served;
        this.known = known;
        this.mirror = mirror;
        this.redis = redis;
        this.memories = memories;
    }

    @EventListener
    void on(Change change) {
        if (change.tenant().equals(Scope.NIL) || !TransactionSynchronizationManager.isSynchronizationActive()) {
            return;
        }
        TransactionSynchronizationManager.getSynchronizations().stream()
                .filter(ChangedTenants.class::isInstance)
                .map(ChangedTenants.class::cast)
                .findFirst()
                .orElseGet(() -> {
                    var changed = new ChangedTenants();
                    TransactionSynchronizationManager.registerSynchronization(changed);
                    ScopedTransactions.afterwards(changed::propagate);
                    if (redis.isConfigured()) {
                        last.add(() -> PendingContexts.marking(changed.tenants, change.id()));
                    }
                    return changed;
                })
                .tenants
                .add(change.tenant());
    }

    /** The tenants that one transaction has changed. */
    private final class ChangedTenants implements TransactionSynchronization {

        private final Set<UUID> tenants = new LinkedHashSet<>();

        @Override
        public void afterCommit() {
            tenants.forEach(known::forget);
            memories.forEach(memory -> tenants.forEach(memory::forget));
        }

        /** Without the connection of the change: reading the tenants anew takes one, and many may wait for it. */
        void propagate() {
            if (tenants.size() <= FEW) {
                Propagation.tell(ContextChanges.this.propagate(tenants));
            }
        }
    }

    /** Whether Redis has the contexts of these tenants as they are now. */
    private boolean propagate(Set<UUID> tenants) {
        var done =
                CompletableFuture.supplyAsync(() -> write(tenants), work -> EXECUTOR.execute(LogContext.carried(work)));
        try {
            return done.get(WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (TimeoutException e) {
            return false;
        } catch (java.util.concurrent.ExecutionException e) {
            LOG.warn("A change is committed and waits for its way into Redis", e.getCause());
            return false;
        }
    }

    private static final java.util.concurrent.Executor EXECUTOR = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("context-change-", 0).factory());

    private boolean write(Set<UUID> tenants) {
        var now = served.byId(tenants);
        now.forEach(known::changed);
        if (!redis.isConfigured()) {
            return true;
        }
        try {
            mirror.write(now);
            return true;
        } catch (RedisAwayException _) {
            return false;
        }
    }
}
