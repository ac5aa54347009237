package com.misybot.tenancy.isolation;

import com.misybot.tenancy.kernel.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Hands out a connection of the role that the bound scope calls for. There is no default: without a scope there is no
 * connection.
 */
final class RoleRoutingDataSource extends AbstractDataSource {

    private final Map<DatabaseRole, DataSource> pools;

    RoleRoutingDataSource(Map<DatabaseRole, ? extends DataSource> pools) {
        this.pools = new EnumMap<>(pools);
    }

    @Override
    public Connection getConnection() throws SQLException {
        var pool = pools.get(DatabaseRole.of(Scope.current()));
        if (pool == null) {
            throw new IllegalStateException("No pool for the scope " + Scope.current());
        }
        return pool.getConnection();
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLException("The scope decides about the role, not a user name");
    }
}
