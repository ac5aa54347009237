package com.misybot.tenancy.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;

/** The database inside the embedded PostgreSQL: who answers, and what an administrator does before the service may use it. */
record PostgresDatabase(DataDirectory data) {

    static final String ADMINISTRATOR = "postgres";

    private static final List<String> ROLES = List.of("owner", "tenant", "platform", "keeper", "backup");

    static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Whether the server on the port knows our password and has the directory open. */
    boolean serves(int port, Path directory) {
        try (var connection = connect(port, "postgres", "");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("show data_directory")) {
            return rows.next() && Path.of(rows.getString(1)).toRealPath().equals(directory.toRealPath());
        } catch (SQLException | IOException e) {
            return false;
        }
    }

    /** Makes the database and its roles as {@code db/roles.sql} says. */
    void prepare(int port) {
        try {
            try (var connection = connect(port, "postgres", "")) {
                create(connection);
            }
            var passwords = ROLES.stream()
                    .map(role -> "-c tenancy." + role + "_password=" + data.password("tenancy_" + role))
                    .collect(Collectors.joining(" "));
            try (var connection = connect(port, "tenancy", passwords);
                    var statement = connection.createStatement()) {
                statement.execute(new ClassPathResource("db/roles.sql").getContentAsString(UTF_8));
            }
        } catch (SQLException e) {
            throw new EngineException("The embedded PostgreSQL runs, but its roles cannot be made", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void create(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select from pg_database where datname = 'tenancy'")) {
            if (!rows.next()) {
                statement.execute("create database tenancy");
            }
        }
    }

    private Connection connect(int port, String database, String options) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", ADMINISTRATOR);
        properties.setProperty("password", data.password(ADMINISTRATOR));
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "10");
        if (!options.isEmpty()) {
            properties.setProperty("options", options);
        }
        return DriverManager.getConnection(url(port, database), properties);
    }
}
