package com.misybot.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The embedded PostgreSQL of a data directory, seen by its administrator. */
record Database(Path data) {

    int port() {
        return Integer.parseInt(read(data.resolve("postgresql.port")));
    }

    String password(String role) {
        return read(data.resolve("passwords").resolve(role));
    }

    Connection connect(String role) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port() + "/tenancy", role, password(role));
    }

    /** Runs statements as administrator, each in a transaction of its own. */
    void run(String... statements) {
        try (var connection = connect("postgres");
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    String value(String query) {
        try (var connection = connect("postgres");
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
