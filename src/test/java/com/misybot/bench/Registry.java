package com.misybot.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The tenants that a benchmark finds. */
record Registry(ServiceProcess service) {

    private static final Path WORK = Path.of("target/bench");

    /** A tenant and what it can be found by. */
    record Known(String tenantId, String siteId, String host, String name) {}

    /** Adds tenants, by the generator of {@code bench/scale}. */
    void grow(int from, int to) {
        var database = service.database();
        Command.output(
                Map.of("PGPASSWORD", database.password("postgres")),
                List.of(
                        "psql",
                        "-q",
                        "-X",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(database.port()),
                        "-U",
                        "postgres",
                        "-d",
                        "tenancy",
                        "-v",
                        "from=" + from,
                        "-v",
                        "to=" + to,
                        "-f",
                        "bench/scale/tenants.sql"));
        database.run("vacuum analyze", "checkpoint");
    }

    /** Some tenants, spread over all of them and the same each time. */
    List<Known> some(int count) {
        var query =
                "select tenant_id, site_id, origin_hosts[1], name from tenant where status = 'ACTIVE' order by md5(tenant_id) limit "
                        + count;
        try (var connection = service.database().connect("postgres");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var known = new ArrayList<Known>();
            while (rows.next()) {
                known.add(new Known(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
            }
            return known;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A file of paths for {@link Wrk#get}. */
    Path paths(String name, List<Known> known, Function<Known, String> path) {
        return paths(name, known.stream().map(path).toList());
    }

    Path paths(String name, List<String> paths) {
        try {
            return Files.write(WORK.resolve(name + ".paths"), paths);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
