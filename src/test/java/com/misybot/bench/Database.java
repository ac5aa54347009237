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

    /** Makes a role with the settings of another one, and attributes of its own. */
    void makeLike(String role, String made, String attributes) {
        run("create role %s login %s password '%s'".formatted(made, attributes, made), """
                do $$ declare setting text; begin
                for setting in select unnest(setconfig) from pg_db_role_setting where setrole = '%s'::regrole loop
                  execute format('alter role %s set %%I = %%L', split_part(setting, '=', 1), substring(setting from '=(.*)$'));
                end loop; end $$""".formatted(role, made));
        try {
            Files.writeString(data.resolve("passwords").resolve(made), made);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
