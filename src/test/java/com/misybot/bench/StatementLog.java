package com.misybot.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Hears what reaches PostgreSQL, while it is told to log every statement. */
final class StatementLog implements AutoCloseable {

    private static final Pattern ENTRIES = Pattern.compile("(?m)^(?=\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d)");
    private static final Pattern STATEMENT =
            Pattern.compile("\\[(\\d+)] LOG:  (?:execute [^:]*|statement): (.*)", Pattern.DOTALL);
    private static final Pattern PARAMETERS = Pattern.compile("DETAIL:  [Pp]arameters: (.*)", Pattern.DOTALL);
    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+) = ('(?:[^']|'')*'|NULL)");

    private final Database database;
    private final Path file;

    StatementLog(Database database) {
        this.database = database;
        this.file = database.data().resolve("postgresql.log");
        set("alter system set log_statement = 'all'", "alter system set log_error_verbosity = 'default'");
    }

    /**
     * A statement.
     *
     * @param prepared with its parameters left open
     * @param sql with the values that were given
     */
    record Statement(String prepared, String sql) {}

    /** The statements of one piece of work, without those of jobs in the background. */
    List<Statement> of(Runnable work) {
        var seen = text().length();
        work.run();
        pause(200);
        var statements = new ArrayList<Statement>();
        for (var entry : ENTRIES.splitAsStream(text().substring(seen)).toList()) {
            var statement = STATEMENT.matcher(entry.strip());
            var parameters = PARAMETERS.matcher(entry.strip());
            if (statement.find() && !statement.group(2).isBlank()) {
                statements.add(new Statement(statement.group(2), statement.group(2)));
            } else if (parameters.find() && !statements.isEmpty()) {
                var last = statements.removeLast();
                statements.add(new Statement(last.prepared(), filled(last.prepared(), parameters.group(1))));
            }
        }
        statements.removeIf(statement -> statement.sql().matches("(?s).*(scheduled_tasks|clock_timestamp).*"));
        return withoutKeys(statements);
    }

    /** The key is looked up once a second: whether a request is the one that does it is chance. */
    private static List<Statement> withoutKeys(List<Statement> statements) {
        for (var at = 1; at < statements.size() - 1; at++) {
            if (statements.get(at).sql().contains("from api_key where key_id")) {
                var others = new ArrayList<>(statements.subList(0, at - 1));
                others.addAll(statements.subList(at + 2, statements.size()));
                return others;
            }
        }
        return statements;
    }

    private static String filled(String sql, String parameters) {
        var values = PARAMETER.matcher(parameters).results().toList();
        var filled = sql;
        for (MatchResult value : values.reversed()) {
            filled = filled.replace("$" + value.group(1), literal(value.group(2)));
        }
        return filled;
    }

    /** pgbench would take what follows a colon for one of its variables. */
    private static String literal(String value) {
        return value.contains(":") ? "E" + value.replace("\\", "\\\\").replace(":", "\\x3a") : value;
    }

    /** The statements of one piece of work as a script for {@link Pgbench}. */
    Path script(String name, Runnable work) {
        var script = new StringBuilder();
        of(work).forEach(statement -> script.append(statement.sql()).append(";\n"));
        try {
            return Files.writeString(Path.of("target/bench", name + ".sql"), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        set("alter system reset log_statement", "alter system reset log_error_verbosity");
    }

    private void set(String... settings) {
        database.run(settings);
        database.run("select pg_reload_conf()");
        pause(1_000);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
