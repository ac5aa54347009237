import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Imports many tenants over HTTP, and inserts the same rows by SQL: multi-row inserts of 500 tenants and of their names, a transaction
 * each, prepared, as the role that the import works as. Both into the same empty tables with the same indexes, in turn.
 *
 * <pre>
 * java -cp "target/classes:$(cat target/bench/classpath)" bench/import/ImportBench.java &lt;base URL&gt; &lt;data directory&gt; &lt;organisations.ndjson&gt; [tenants] [rounds]
 * </pre>
 *
 * <p>Empties the tables: for a service with a data directory of its own, which {@code bench/run --only=import} starts.
 */
public final class ImportBench {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int BATCH = 500;

    private final String base;
    private final Path data;
    private final String key;

    private ImportBench(String base, Path data) throws IOException {
        this.base = base;
        this.data = data;
        this.key = Files.readString(data.resolve("operator.key")).strip();
    }

    public static void main(String[] args) throws Exception {
        if (args.length < 3) {
            System.err.println("Give base URL, data directory, organisations.ndjson, and how many tenants and rounds if not 100000 and 3.");
            System.exit(2);
        }
        var count = args.length > 3 ? Integer.parseInt(args[3]) : 100_000;
        var rounds = args.length > 4 ? Integer.parseInt(args[4]) : 3;
        var file = Files.createTempFile("import-bench", ".ndjson");
        try {
            blowUp(Path.of(args[2]), file, count);
            new ImportBench(args[0], Path.of(args[1])).run(file, count, rounds);
        } finally {
            Files.delete(file);
        }
    }

    /** Repeats the lines with other tenantIds and origins until there are enough. */
    private static void blowUp(Path from, Path to, int count) throws IOException {
        var lines = Files.readAllLines(from);
        try (BufferedWriter out = Files.newBufferedWriter(to)) {
            for (var i = 0; i < count; i++) {
                var line = (ObjectNode) JSON.readTree(lines.get(i % lines.size()));
                var round = i / lines.size();
                if (round > 0) {
                    var slug = line.path("tenantId").asString();
                    var stem = slug.length() > 58 ? slug.substring(0, 58).replaceAll("-$", "") : slug;
                    line.put("tenantId", stem + "-r" + round);
                    var origins = new ArrayList<String>();
                    line.path("allowedOrigins")
                            .forEach(origin -> origins.add(origin.asString().replace("https://", "https://r" + round + ".")));
                    line.putPOJO("allowedOrigins", origins);
                }
                out.write(JSON.writeValueAsString(line));
                out.write('\n');
            }
        }
    }

    private void run(Path file, int count, int rounds) throws Exception {
        var ratios = new ArrayList<Double>();
        Rows tenants = null;
        Rows names = null;
        for (var round = 1; round <= rounds; round++) {
            empty();
            var imported = imported(file);
            if (tenants == null) {
                tenants = read("select * from tenant");
                names = read("select * from name_claim");
            }
            empty();
            var inserted = inserted(tenants, names);
            ratios.add(inserted.toNanos() / (double) imported.time.toNanos());
            System.out.printf(
                    Locale.ROOT,
                    "import.round=%d import.seconds=%.2f import.per_second=%.0f sql.seconds=%.2f sql.per_second=%.0f import.ratio=%.2f %s%n",
                    round,
                    imported.time.toMillis() / 1e3,
                    count * 1e9 / imported.time.toNanos(),
                    inserted.toMillis() / 1e3,
                    tenants.rows.size() * 1e9 / inserted.toNanos(),
                    ratios.getLast(),
                    imported.summary);
        }
        Collections.sort(ratios);
        System.out.printf(
                Locale.ROOT,
                "import.tenants=%d import.ratio.least=%.2f import.ratio.median=%.2f target=0.40%n",
                count,
                ratios.getFirst(),
                ratios.get(ratios.size() / 2));
    }

    private Imported imported(Path file) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(base + "/api/v1/tenants/import"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofFile(file))
                .build();
        var begun = System.nanoTime();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        var last = "";
        try (var in = new BufferedReader(
                new InputStreamReader(new BufferedInputStream(answer.body(), 1 << 16), StandardCharsets.UTF_8))) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                last = line;
            }
        }
        var time = Duration.ofNanos(System.nanoTime() - begun);
        if (answer.statusCode() != 200 || !last.startsWith("{\"summary\"")) {
            throw new IllegalStateException("The import broke off: " + answer.statusCode() + " " + last);
        }
        return new Imported(time, last);
    }

    private Duration inserted(Rows tenants, Rows names) throws SQLException, IOException {
        try (var connection = connect("tenancy_platform")) {
            connection.setAutoCommit(false);
            var perTenant = names.rows.size() / tenants.rows.size();
            var begun = System.nanoTime();
            try (var tenant = prepare(connection, "tenant", tenants.columns, BATCH);
                    var name = prepare(connection, "name_claim", names.columns, BATCH * perTenant)) {
                for (var i = 0; i + BATCH <= tenants.rows.size(); i += BATCH) {
                    insert(name, names.rows.subList(i * perTenant, (i + BATCH) * perTenant));
                    insert(tenant, tenants.rows.subList(i, i + BATCH));
                    connection.commit();
                }
            }
            return Duration.ofNanos(System.nanoTime() - begun);
        }
    }

    private static PreparedStatement prepare(Connection connection, String table, int columns, int rows)
            throws SQLException {
        var row = "(" + String.join(", ", Collections.nCopies(columns, "?")) + ")";
        return connection.prepareStatement(
                "insert into " + table + " values " + String.join(", ", Collections.nCopies(rows, row)));
    }

    private static void insert(PreparedStatement statement, List<Object[]> rows) throws SQLException {
        var i = 1;
        for (var row : rows) {
            for (var value : row) {
                statement.setObject(i++, value);
            }
        }
        statement.executeUpdate();
    }

    private Rows read(String query) throws SQLException, IOException {
        try (var connection = connect("tenancy_platform");
                var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            var columns = result.getMetaData().getColumnCount();
            var rows = new ArrayList<Object[]>();
            while (result.next()) {
                var row = new Object[columns];
                for (var i = 0; i < columns; i++) {
                    row[i] = result.getObject(i + 1);
                }
                rows.add(row);
            }
            return new Rows(columns, rows);
        }
    }

    private void empty() throws SQLException, IOException {
        try (var connection = connect("tenancy_owner");
                var statement = connection.createStatement()) {
            statement.execute("truncate tenant, name_claim, legacy_secret cascade");
        }
    }

    private Connection connect(String role) throws SQLException, IOException {
        var port = Files.readString(data.resolve("postgresql.port")).strip();
        var password = Files.readString(data.resolve("passwords").resolve(role)).strip();
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/tenancy", role, password);
    }

    private record Rows(int columns, List<Object[]> rows) {}

    private record Imported(Duration time, String summary) {}
}
