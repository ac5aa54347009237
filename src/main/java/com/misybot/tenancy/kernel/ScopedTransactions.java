package com.misybot.tenancy.kernel;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
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

    private static final int RETRIES = 2;

    /** Serialization failure and deadlock (PostgreSQL, appendix A). */
    private static final Set<String> LOST = Set.of("40001", "40P01");

    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended(?, 0))";
    private static final String NOW = "select now()";
    private static final String LIMIT = "select set_config('statement_timeout', ?, true)";

    private final PlatformTransactionManager transactionManager;
    private final JdbcOperations jdbc;

    /** Works through {@code transactionManager}; {@code jdbc} must see its connection. */
    public ScopedTransactions(PlatformTransactionManager transactionManager, JdbcOperations jdbc) {
        this.transactionManager = transactionManager;
        this.jdbc = jdbc;
    }

    /**
     * Changes something of one tenant. Takes the tenant's advisory lock first, so that lock order, sequence and commit
     * order agree; the lock ends with the transaction.
     */
    public <T extends @Nullable Object> T change(Scope.Tenant scope, Supplier<T> work) {
        return change(scope, () -> {}, work);
    }

    /** Changes something that has no one tenant, or has none yet. */
    public <T extends @Nullable Object> T change(Scope scope, Supplier<T> work) {
        return change(scope, () -> {}, work);
    }

    /**
     * Changes something like {@link #change(Scope, Supplier)}, after {@code first} has run in the same transaction: for what
     * must be known before a tenant's lock is waited for. It must neither wait for a lock nor write.
     */
    public <T extends @Nullable Object> T change(Scope scope, Runnable first, Supplier<T> work) {
        return run(scope, false, scope instanceof Scope.Tenant tenant ? first(first, tenant) : first, work);
    }

    private Runnable first(Runnable first, Scope.Tenant scope) {
        return () -> {
            first.run();
            call(LOCK, scope.tenant().toString());
        };
    }

    /** Reads, in a read-only transaction. */
    public <T extends @Nullable Object> T read(Scope scope, Supplier<T> work) {
        return run(scope, true, () -> {}, work);
    }

    /**
     * Reads for a bounded time.
     *
     * @param limit longest time of a single statement, cut to milliseconds; beyond it
     *     {@link org.springframework.dao.QueryTimeoutException} is raised
     */
    public <T extends @Nullable Object> T read(Scope scope, Duration limit, Supplier<T> work) {
        return run(scope, true, () -> call(LIMIT, Long.toString(limit.toMillis())), work);
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

    private void call(String function, String argument) {
        jdbc.query(function, row -> {}, argument);
    }

    private <T extends @Nullable Object> T run(Scope scope, boolean readOnly, Runnable first, Supplier<T> work) {
        var template = new TransactionTemplate(transactionManager);
        template.setReadOnly(readOnly);
        var retries = TransactionSynchronizationManager.isActualTransactionActive() ? 0 : RETRIES;
        while (true) {
            try {
                return scope.call(() -> template.<T>execute(_ -> {
                    first.run();
                    return work.get();
                }));
            } catch (RuntimeException e) {
                if (!lost(e) || retries-- == 0) {
                    throw e;
                }
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
