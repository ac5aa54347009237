package com.misybot.tenancy.kernel;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What modules write at the very end of a transaction, sent together: PostgreSQL runs the statements one after the other, each of them sees
 * what those before it did and what was committed while they waited, and the transaction waits for one round trip and not for
 * several, with the lock of its tenant held.
 */
public final class LastStatements {

    private final JdbcOperations jdbc;

    /** Writes by {@code jdbc}, which must see the connection of the transaction. */
    public LastStatements(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A statement that comes last.
     *
     * @param sql with a question mark for each parameter and no semicolon; one of few, because the driver keeps what it has prepared
     * @param parameters as {@link PreparedStatement#setObject(int, Object)} takes them; the statement says their types where they may be null
     * @param results takes the rows that the statement returns, once all statements have run
     */
    public record Last(String sql, List<@Nullable Object> parameters, Results results) {

        /** Who reads rows. */
        public interface Results {

            /** Reads all of them; may write more. */
            void read(ResultSet rows) throws SQLException;
        }

        public Last {
            parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
        }

        /** A statement that returns nothing. */
        public static Last of(String sql, @Nullable Object... parameters) {
            return new Last(sql, Arrays.asList(parameters), _ -> {});
        }
    }

    /**
     * Has a statement run last in the current transaction, or at once where its last statements have run already.
     *
     * @param statement asked for when it is time; gives null where there is nothing to write
     * @throws IllegalStateException without a transaction
     */
    public void add(Supplier<@Nullable Last> statement) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("A transaction has last statements: begin one");
        }
        var end = end();
        if (end.isOver) {
            run(given(List.of(statement)));
        } else {
            end.statements.add(statement);
        }
    }

    private End end() {
        for (var one : TransactionSynchronizationManager.getSynchronizations()) {
            if (one instanceof End end) {
                return end;
            }
        }
        var end = new End();
        TransactionSynchronizationManager.registerSynchronization(end);
        return end;
    }

    private static List<Last> given(List<Supplier<@Nullable Last>> suppliers) {
        var given = new ArrayList<Last>();
        for (var supplier : suppliers) {
            var statement = supplier.get();
            if (statement != null) {
                given.add(statement);
            }
        }
        return given;
    }

    private void run(List<Last> statements) {
        if (statements.isEmpty()) {
            return;
        }
        jdbc.execute(statements.stream().map(Last::sql).collect(Collectors.joining(";\n")), (PreparedStatementCallback<
                        @Nullable Void>)
                prepared -> {
                    bind(prepared, statements);
                    var isRows = prepared.execute();
                    for (var statement : statements) {
                        if (isRows) {
                            try (var rows = prepared.getResultSet()) {
                                statement.results.read(rows);
                            }
                        }
                        isRows = prepared.getMoreResults();
                    }
                    return null;
                });
    }

    private static void bind(PreparedStatement prepared, List<Last> statements) throws SQLException {
        var index = 1;
        for (var statement : statements) {
            for (var parameter : statement.parameters) {
                prepared.setObject(index++, parameter);
            }
        }
    }

    /** Of one transaction. */
    private final class End implements TransactionSynchronization {

        private final List<Supplier<@Nullable Last>> statements = new ArrayList<>();
        private boolean isOver;

        @Override
        public void beforeCommit(boolean readOnly) {
            isOver = true;
            run(given(statements));
        }
    }
}
