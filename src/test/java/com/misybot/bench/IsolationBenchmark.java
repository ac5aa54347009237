package com.misybot.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What Row-Level Security costs: a read by the role of tenants, whose rows the policy picks, against the same read by a role that is
 * under no policy and names the tenant itself, in transactions of the same shape.
 */
record IsolationBenchmark(ServiceProcess service, Options options, Results results) {

    private static final Path WORK = Path.of("target/bench");
    private static final Path POLICIES = Path.of("src/main/resources/db/migration/afterMigrate__policies.sql");

    /** Under no policy, and bound in time like the role of tenants: the timers of three bounds are set for each statement. */
    private static final String FREE = "bench_free";

    private static final String OWNER = "tenancy_owner";
    private static final String TENANT = "tenancy_tenant";
    private static final int TENANTS = 1_000;

    /** Of so many tenants rows are read: each is a script of its own, since pgbench makes no UUIDs. */
    private static final int READERS = 20;

    private static final String BOUND = "select set_config('tenancy.tenant', :%s, true);\n";
    private static final String EQUAL = "select set_config('bench.tenant', :%s, true);\n";
    private static final String BY_POLICY = "select id, body from bench_item where id = :id;\n";
    private static final String BY_PREDICATE =
            "select id, body from bench_item where tenant = :%s::uuid and id = :id;\n";

    void run() {
        makeTable();
        requireIndex();
        service.database().makeLike(TENANT, FREE, "bypassrls");
        service.database()
                .run(
                        "grant connect on database tenancy to " + FREE,
                        "grant usage on schema public to " + FREE,
                        "grant select on bench_item to " + FREE);
        var samples = Sample.compare(
                options,
                load(TENANT, "isolation-bound", BOUND + BY_POLICY),
                load(FREE, "isolation-equal", EQUAL + BY_PREDICATE),
                load(FREE, "isolation-unbound", BY_PREDICATE));
        var bound = samples.getFirst().perSecond();
        results.rate(
                "read under RLS",
                bound,
                "explicit predicate, a role without RLS",
                samples.get(1).perSecond(),
                0.9);
        results.rate(
                "read under RLS, scope bound: four round trips",
                bound,
                "no RLS, nothing bound: three",
                samples.get(2).perSecond());
    }

    private void makeTable() {
        as(
                OWNER,
                """
                create table bench_item (tenant uuid, id bigint, body text not null, primary key (tenant, id))""",
                "comment on table bench_item is 'tenant-owned by=tenant. Rows to read in a benchmark.'",
                "grant select on bench_item to " + TENANT,
                policies(),
                """
                insert into bench_item select (%s)::uuid, i, repeat(md5(t::text || i), 3)
                from generate_series(1, %d) t, generate_series(1, %d) i""".formatted(uuid("t"), TENANTS, rowsOfOne()));
        service.database().run("vacuum analyze bench_item", "checkpoint");
    }

    private int rowsOfOne() {
        return options.rows() / TENANTS;
    }

    private static String policies() {
        try {
            return Files.readString(POLICIES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The plan under the policy finds the rows by the tenant first. */
    private void requireIndex() {
        var plan = new StringBuilder();
        try (var connection = service.database().connect(TENANT);
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select set_config('tenancy.tenant', %s, true)".formatted(uuid("1")));
            try (var lines = statement.executeQuery("explain select id, body from bench_item where id = 1")) {
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        if (!plan.toString().contains("Index Cond: ((tenant = ")) {
            throw new IllegalStateException("The plan does not use the index on the tenant:\n" + plan);
        }
    }

    private Sample.Load load(String role, String name, String statements) {
        Map<String, Object> variables = new HashMap<>(Map.of("rows", rowsOfOne()));
        List<Path> scripts = new ArrayList<>();
        for (var reader = 0; reader < READERS; reader++) {
            var variable = "reader" + reader;
            var tenant = 1 + reader * TENANTS / READERS;
            variables.put(variable, service.database().value("select " + uuid(Integer.toString(tenant))));
            scripts.add(script(name + reader, statements.replace("%s", variable)));
        }
        return new Pgbench(service.database(), role, options.connections()).scripts(scripts, variables);
    }

    private static Path script(String name, String statements) {
        try {
            return Files.writeString(
                    WORK.resolve(name + ".sql"), "\\set id random(1, :rows)\nbegin;\n" + statements + "commit;\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SQL for the UUID of a tenant, as text. */
    private static String uuid(String number) {
        return "md5('tenant ' || " + number + ")::uuid::text";
    }

    private void as(String role, String... statements) {
        try (var connection = service.database().connect(role);
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
