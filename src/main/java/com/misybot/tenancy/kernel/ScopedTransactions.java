package com.misybot.tenancy.kernel;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The one way to work on the database: a scope and a transaction around a piece of work. A call inside a transaction of
 * the same scope joins it; inside a transaction of another scope it raises.
 *
 * <p>A transaction that loses to another one (SQLSTATE 40001 or 40P01) is done again: 3 total attempts = 1 initial attempt
 * + 2 retries.
 */
public class ScopedTransactions {

    /**
     * Name of a transaction that changes something of one tenant: whoever begins it takes the lock of the tenant with the same round trip
     * as it binds the scope.
     */
    public static final String LOCKING = "locks-its-tenant";

    private static final String LOCKING_LATER = "locks-its-tenant-later";

    /** Takes the lock of a tenant until the transaction ends: an expression of one parameter, the UUID as text. */
    public static final String TAKE_LOCK = "pg_advisory_xact_lock(hashtextextended(?, 0))";

    private static final int RETRIES = 2;

    /** Serialization failure and deadlock (PostgreSQL, appendix A). */
    private static final Set<String> LOST = Set.of("40001", "40P01");

    private static final String LOCK = "select " + TAKE_LOCK;
    private static final String NOW = "select now()";
    private static final String LIMIT = "select set_config('statement_timeout', ?, true)";

    /** What is done when the present transaction is over. */
    private static final ScopedValue<List<Runnable>> AFTERWARDS = ScopedValue.newInstance();

    private final PlatformTransactionManager transactionManager;
    private final JdbcOperations jdbc;
    private final Turns turns;

    /** Works through {@code transactionManager}; {@code jdbc} must see its connection; {@code turns} says who may change something. */
    public ScopedTransactions(PlatformTransactionManager transactionManager, JdbcOperations jdbc, Turns turns) {
        this.transactionManager = transactionManager;
        this.jdbc = jdbc;
        this.turns = turns;
    }

    /**
     * Changes something of one tenant. Takes the tenant's advisory lock first, so that lock order, sequence and commit
     * order agree; the lock ends with the transaction.
     */
    public <T extends @Nullable Object> T change(Scope.Tenant scope, Supplier<T> work) {
        return run(scope, false, LOCKING, () -> {}, work);
    }

    /** Changes something that has no one tenant, or has none yet. */
    public <T extends @Nullable Object> T change(Scope scope, Supplier<T> work) {
        return run(scope, false, scope instanceof Scope.Tenant ? LOCKING : null, () -> {}, work);
    }

    /**
     * Changes rows of a tenant, or of the platform, of which nobody is told: without the lock of the tenant, because nothing has to be in
     * one order with its other changes. Whoever calls locks the rows. A change that is told in here is refused.
     */
    public <T extends @Nullable Object> T changeUntold(Scope.Tenant scope, Supplier<T> work) {
        return run(scope, false, null, () -> {}, work);
    }

    /** Whether the current transaction began as one that holds the lock of the tenant of its scope. */
    public static boolean isLocking() {
        var name = TransactionSynchronizationManager.getCurrentTransactionName();
        return LOCKING.equals(name) || LOCKING_LATER.equals(name);
    }

    /**
     * Changes something like {@link #change(Scope, Supplier)}, after {@code first} has run in the same transaction: for what
     * must be known before a tenant's lock is waited for. It must neither wait for a lock nor write.
     */
    public <T extends @Nullable Object> T change(Scope scope, Runnable first, Supplier<T> work) {
        return scope instanceof Scope.Tenant tenant
                ? run(scope, false, LOCKING_LATER, first(first, tenant), work)
                : run(scope, false, null, first, work);
    }

    private Runnable first(Runnable first, Scope.Tenant scope) {
        return () -> {
            first.run();
            call(LOCK, scope.tenant().toString());
        };
    }

    /** Reads, in a read-only transaction. */
    public <T extends @Nullable Object> T read(Scope scope, Supplier<T> work) {
        return run(scope, true, null, () -> {}, work);
    }

    /**
     * Reads for a bounded time.
     *
     * @param limit longest time of a single statement, cut to milliseconds; beyond it
     *     {@link org.springframework.dao.QueryTimeoutException} is raised
     */
    public <T extends @Nullable Object> T read(Scope scope, Duration limit, Supplier<T> work) {
        return run(scope, true, null, () -> call(LIMIT, Long.toString(limit.toMillis())), work);
    }

    /**
     * When the current transaction began, by the clock of the database, in microseconds: what has an end that all instances
     * must agree about is compared with this, not with the clock of one machine.
     *
     * @throws IllegalStateException without a transaction
     */
    public Instant now() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("The time of a transaction is asked for in one: begin one");
        }
        return Objects.requireNonNull(jdbc.queryForObject(NOW, OffsetDateTime.class))
                .toInstant();
    }

    /**
     * Has something done by this thread once the current transaction is committed and its connection given back, before the call that began
     * it returns: what waits for others must not hold a connection that they may be waiting for.
     *
     * @throws IllegalStateException outside of a transaction
     */
    public static void afterwards(Runnable work) {
        AFTERWARDS
                .orElseThrow(() -> new IllegalStateException("Something is done after a transaction: begin one"))
                .add(work);
    }

    private void call(String function, String argument) {
        jdbc.query(function, row -> {}, argument);
    }

    private <T extends @Nullable Object> T run(
            Scope scope, boolean readOnly, @Nullable String name, Runnable first, Supplier<T> work) {
        var template = new TransactionTemplate(transactionManager);
        if (name != null) {
            template.setName(name);
        }
        template.setReadOnly(readOnly);
        var joins = TransactionSynchronizationManager.isActualTransactionActive();
        var begins = joins && LOCKING.equals(name) && !isLocking() ? first(first, (Scope.Tenant) scope) : first;
        Supplier<T> transaction = () -> scope.call(() -> template.<T>execute(_ -> {
            begins.run();
            return work.get();
        }));
        if (joins) {
            return transaction.get();
        }
        Supplier<T> whole = readOnly ? transaction : () -> turns.take(scope, name != null, transaction);
        List<Runnable> afterwards = new ArrayList<>();
        var result =
                ScopedValue.where(AFTERWARDS, afterwards).<T, RuntimeException>call(() -> again(whole, afterwards));
        afterwards.forEach(Runnable::run);
        return result;
    }

    /** Does it, and again where it has lost to another transaction. */
    private static <T extends @Nullable Object> T again(Supplier<T> whole, List<Runnable> afterwards) {
        var retries = RETRIES;
        while (true) {
            try {
                return whole.get();
            } catch (RuntimeException e) {
                if (!lost(e) || retries-- == 0) {
                    throw e;
                }
                afterwards.clear();
            }
        }
    }

    /** Tells by the SQLSTATE, because a lock that was waited for too long (55P03) comes as the same kind of exception. */
    private static boolean lost(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null && LOST.contains(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
