package com.misybot.tenancy.operation.job;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.misybot.tenancy.kernel.Change;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Stops the thread that makes the second of some changes, as if its process were dead, until it is awake again: a listener for
 * {@code ApplicationListener.forPayload}.
 */
public final class DyingChange implements Consumer<Change> {

    /** When the second change is stopped. */
    public enum Death {
        /** With its connection lost. */
        BEFORE_THE_COMMIT,
        AFTER_THE_COMMIT
    }

    private final Death death;
    private final String type;
    private final Set<UUID> tenants;
    private final JdbcOperations jdbc;
    private final Map<UUID, String> changed = new ConcurrentHashMap<>();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch awake = new CountDownLatch(1);
    private final CountDownLatch goneOn = new CountDownLatch(1);

    /** Stops a change of this type, of one of these tenants. */
    public DyingChange(Death death, String type, Set<UUID> tenants, JdbcOperations jdbc) {
        this.death = death;
        this.type = type;
        this.tenants = tenants;
        this.jdbc = jdbc;
    }

    /** Whether it has come to the second change. */
    public boolean isReached() {
        return reached.getCount() == 0;
    }

    /** It was not dead, only asleep. */
    public void wake() {
        awake.countDown();
    }

    /** Whether it has gone on after it was awake. */
    public boolean hasGoneOn() {
        return goneOn.getCount() == 0;
    }

    /** What was changed of whom, by whomever. */
    public Map<UUID, String> changed() {
        return changed;
    }

    @Override
    public void accept(Change change) {
        if (!tenants.contains(change.tenant()) || !change.type().equals(type)) {
            return;
        }
        changed.put(change.tenant(), change.subject());
        if (changed.size() != 2 || isReached()) {
            return;
        }
        if (death == Death.BEFORE_THE_COMMIT) {
            assertThatThrownBy(
                    () -> jdbc.queryForObject("select pg_terminate_backend(pg_backend_pid())", Boolean.class));
            sleep();
        } else {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    sleep();
                }
            });
        }
    }

    private void sleep() {
        reached.countDown();
        try {
            awake.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            goneOn.countDown();
        }
    }
}
