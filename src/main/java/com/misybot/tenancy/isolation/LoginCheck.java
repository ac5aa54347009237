package com.misybot.tenancy.isolation;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;

/**
 * Logs in as each role once, before anything else does. A pool connects when it is first asked: a wrong password of the
 * keeper would else be found out by its first job.
 */
final class LoginCheck {

    /** Invalid authorization, invalid password, empty password (PostgreSQL, appendix A). */
    private static final Set<String> REFUSALS = Set.of("28000", "28P01", "08004");

    private static final String NO_RIGHT_TO_CONNECT = "42501";

    private static final String NO_SUCH_DATABASE = "3D000";

    private static final String MAKE_ROLES = "run db/roles.sql in it as an administrator (docs/database-roles.md).";

    private static final String WHO_AM_I = """
            select session_user, has_database_privilege(current_database(), 'create')
                and coalesce(has_schema_privilege(to_regnamespace('public'), 'create'), false)
            """;

    private final String url;
    private final IsolationSettings settings;

    LoginCheck(String url, IsolationSettings settings) {
        this.url = url;
        this.settings = settings;
    }

    /**
     * Returns where every role can log in, and is the one it should be.
     *
     * @throws IsolationException where one is not
     * @throws IllegalStateException where the database does not answer
     */
    void check() {
        for (var role : DatabaseRole.values()) {
            check(role);
        }
    }

    private void check(DatabaseRole role) {
        try (var connection = connect(role)) {
            check(role, connection);
        } catch (SQLException e) {
            throw refusal(role, e);
        }
    }

    private RuntimeException refusal(DatabaseRole role, SQLException e) {
        var state = Objects.requireNonNullElse(e.getSQLState(), "");
        var reason = " ("
                + Objects.requireNonNullElse(e.getMessage(), "")
                        .lines()
                        .findFirst()
                        .orElse("") + ")";
        if (REFUSALS.contains(state)) {
            return new IsolationException("The database refuses the login of " + role.username(settings) + reason
                    + ": set " + role.passwordVariable() + " to the password of this role, which db/roles.sql makes"
                    + " (docs/database-roles.md).");
        }
        return switch (state) {
            case NO_RIGHT_TO_CONNECT ->
                new IsolationException("The role " + role.roleName() + " may not connect to this database" + reason
                        + ": " + MAKE_ROLES);
            case NO_SUCH_DATABASE ->
                new IsolationException("There is no such database" + reason + ": make it (docs/database-roles.md), or"
                        + " set SPRING_DATASOURCE_URL to one that exists.");
            default ->
                new IllegalStateException(
                        "The database does not answer the login of " + role.username(settings)
                                + ": start the service again when it does (docs/runbooks/postgres-down.md)",
                        e);
        };
    }

    private void check(DatabaseRole role, Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(WHO_AM_I)) {
            row.next();
            if (!role.roleName().equals(row.getString(1))) {
                throw new IsolationException("The login " + role.username(settings) + " is the database role "
                        + row.getString(1) + ", not " + role.roleName() + ": set TENANCY_ISOLATION_" + role.name()
                        + "_USERNAME to a login of that role, or leave it out.");
            }
            if (role == DatabaseRole.OWNER && !row.getBoolean(2)) {
                throw new IsolationException("The role " + role.roleName() + " does not own this database and its"
                        + " schema public: " + MAKE_ROLES);
            }
        }
    }

    private Connection connect(DatabaseRole role) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", role.username(settings));
        properties.setProperty("password", role.password(settings));
        properties.setProperty("connectTimeout", "3");
        properties.setProperty("socketTimeout", "10");
        return DriverManager.getConnection(url, properties);
    }
}
