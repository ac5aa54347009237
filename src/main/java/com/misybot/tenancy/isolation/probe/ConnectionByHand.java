package com.misybot.tenancy.isolation.probe;

import com.misybot.tenancy.kernel.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.UncategorizedSQLException;

/** Works on a connection of the pool of tenants without what binds its scope, as nothing else in the service does. */
final class ConnectionByHand {

    private final DataSource connections;

    ConnectionByHand(DataSource connections) {
        this.connections = connections;
    }

    private interface Work {
        long on(Connection connection) throws SQLException;
    }

    private long on(Canary intruder, Work work) {
        return Scope.tenant(intruder.tenant()).call(() -> {
            try (var connection = connections.getConnection()) {
                return work.on(connection);
            } catch (SQLException e) {
                throw new UncategorizedSQLException("probe", null, e);
            }
        });
    }

    /** Rows that are seen where nothing says whose work it is. */
    long withoutScope(Canary intruder) {
        return on(intruder, connection -> count(connection, "select count(*) from canary"));
    }

    /** Rows of the victim that the intruder sees on a connection that somebody has left a setting on. */
    long leftBehind(Canary intruder, Canary victim) {
        return on(intruder, connection -> leftBehind(connection, intruder, victim));
    }

    private static long leftBehind(Connection connection, Canary intruder, Canary victim) throws SQLException {
        setting(connection, victim.tenant(), false);
        try {
            connection.setAutoCommit(false);
            setting(connection, intruder.tenant(), true);
            var seen = count(connection, "select count(*) from canary where tenant <> '" + intruder.tenant() + "'");
            connection.commit();
            return seen;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
            setting(connection, null, false);
        }
    }

    private static void setting(Connection connection, @Nullable UUID tenant, boolean local) throws SQLException {
        try (var statement = connection.prepareStatement("select set_config('tenancy.tenant', ?, ?)")) {
            statement.setString(1, tenant == null ? "" : tenant.toString());
            statement.setBoolean(2, local);
            statement.execute();
        }
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
