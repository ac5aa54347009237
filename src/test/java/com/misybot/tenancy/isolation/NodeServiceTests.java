package com.misybot.tenancy.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.NodeJs;
import com.misybot.tenancy.context.TestRedisClient;
import com.misybot.tenancy.document.Desk;
import com.misybot.tenancy.embedded.TestRedis;
import com.misybot.tenancy.security.apikey.TestKeys;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import tools.jackson.databind.json.JsonMapper;

/** The service of {@code docs/isolation.md} that connects itself, as a process of its own, against all three stores. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class NodeServiceTests {

    private static final Path EXAMPLE = Path.of("examples", "isolation-node");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ApplicationContext context;
    private final Environment environment;
    private final Desk desk;
    private final URI redis;
    private final List<Process> running = new ArrayList<>();

    NodeServiceTests(ApplicationContext context, Environment environment) {
        this.context = context;
        this.environment = environment;
        this.desk = Desk.of(context);
        this.redis = URI.create(TestRedis.of(Path.of(environment.getRequiredProperty("tenancy.embedded.data-dir")))
                .url());
    }

    /** A tenant with a collection, a cart and a note of its own. */
    private record Tenant(String slug, UUID id, String notes) {

        String key(String id) {
            return "t:{" + this.id + "}:app:" + id;
        }
    }

    private Tenant registered() {
        var notes = desk.collection("{}");
        return new Tenant(notes.split("/", -1)[2], desk.id(notes), notes);
    }

    @AfterEach
    void stop() {
        running.forEach(Process::destroyForcibly);
    }

    @Test
    void worksForItsTenantInEveryStore() throws Exception {
        var tenant = registered();
        var _ = registered();
        var service = NodeJs.port(start(tenant, "service.mjs"));

        assertThat(ask(service, "GET", "/tenant", ""))
                .isEqualTo("[{\"id\":\"%s\",\"tenant_id\":\"%s\",\"status\":\"ACTIVE\"}]"
                        .formatted(tenant.id, tenant.slug));
        assertThat(ask(service, "PUT", "/carts/7", "{\"teeth\":2}")).isEqualTo("{}");
        assertThat(ask(service, "GET", "/carts/7", "")).isEqualTo("{\"teeth\":2}");
        assertThat(ask(service, "PUT", "/notes/n1", "{\"text\":\"hello\"}")).isEqualTo("{}");
        assertThat(ask(service, "GET", "/notes/n1", "")).isEqualTo("{\"text\":\"hello\"}");
        assertThat(ask(service, "GET", "/notes/n2", "")).isEqualTo("null");
        try (var administrator = new TestRedisClient(redis.toString())) {
            assertThat(administrator.commands().keys("*cart:7*")).contains(tenant.key("cart:7"));
            assertThat(administrator.commands().ttl(tenant.key("cart:7"))).isBetween(1L, 3600L);
        }
        assertThat(desk.api.get(tenant.notes + "/documents/n1").response().body())
                .isEqualTo("{\"text\":\"hello\"}");
    }

    @Test
    void reachesNothingOfAnotherTenant() throws Exception {
        var tenant = registered();
        var other = registered();
        assertThat(desk.api.put(other.notes + "/documents/n1", "{\"canary\":1}").status())
                .isEqualTo(201);
        var foreign = Objects.requireNonNull(desk.behind(other.notes).find().first());
        desk.behind(tenant.notes).insertOne(planted(foreign, "planted", new BsonBinary(other.id)));
        desk.behind(tenant.notes)
                .insertOne(planted(
                        foreign, "both", new BsonArray(List.of(new BsonBinary(tenant.id), new BsonBinary(other.id)))));
        try (var administrator = new TestRedisClient(redis.toString())) {
            administrator.commands().set(other.key("cart:7"), "canary");

            var reach = start(tenant, "reach.mjs", other.id.toString());
            var tries = JsonMapper.shared()
                    .readTree(new String(reach.getInputStream().readAllBytes(), UTF_8));

            var got = new ArrayList<String>();
            tries.properties()
                    .forEach(one -> got.add(one.getKey() + ": " + one.getValue().asString()));
            assertThat(got)
                    .containsExactly(
                            "rows of the other: 0",
                            "rows of all but this one: 0",
                            "change rows of the other: 0",
                            "make a row of the other: refused: 42501",
                            "rows without a tenant bound: refused: 22P02",
                            "a tenant left bound by the one before: \"\"",
                            "another role: refused: 42501",
                            "key of the other: refused: NOPERM",
                            "write a key of the other: refused: NOPERM",
                            "key of the other behind the prefix: null",
                            "the service's own key of this tenant: refused: NOPERM",
                            "all keys: refused: NOPERM",
                            "publish to the other: refused: NOPERM",
                            "script: refused: NOPERM",
                            "collection of the other: null",
                            "collection of the other by a path: refused: TypeError",
                            "operator for an id: refused: TypeError",
                            "document of the other that lies among ours: null",
                            "document of both: null");
            assertThat(reach.waitFor()).isZero();
            assertThat(administrator.commands().get(other.key("cart:7"))).isEqualTo("canary");
        }
    }

    /** The document shows the code as it is run here. */
    @Test
    void theDocumentShowsWhatIsRun() throws Exception {
        var code = Files.readString(EXAMPLE.resolve("stores.mjs"));
        var shown = Pattern.compile("```js\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs", "isolation.md")))
                .results()
                .map(block -> block.group(1))
                .toList();

        assertThat(shown)
                .hasSize(3)
                .allSatisfy(block -> assertThat(unindented(code)).contains(unindented(block)));
    }

    private static String unindented(String code) {
        return code.replaceAll("(?m)^ +", "");
    }

    private static BsonDocument planted(BsonDocument foreign, String id, org.bson.BsonValue tenant) {
        return foreign.clone().append("_id", new BsonString(id)).append("tenant", tenant);
    }

    private Process start(Tenant tenant, String program, String... arguments) throws Exception {
        var issued = desk.api.post("/tenants/" + tenant.slug + "/namespaces/redis/credentials", "{}");
        assertThat(issued.status()).as(issued.toString()).isEqualTo(201);
        var command = new ArrayList<>(List.of(NodeJs.program(), program));
        command.addAll(Arrays.asList(arguments));
        var builder = new ProcessBuilder(command)
                .directory(NodeJs.installed(EXAMPLE).toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        var settings = builder.environment();
        settings.put("TENANCY_URL", "http://127.0.0.1:" + environment.getRequiredProperty("local.server.port"));
        settings.put("TENANCY_KEY", TestKeys.service(context, "namespaces:write", "documents:write"));
        settings.put("TENANT", tenant.slug);
        settings.put(
                "POSTGRES_URL",
                environment.getRequiredProperty("spring.datasource.url").replaceFirst("^jdbc:", ""));
        settings.put("POSTGRES_PASSWORD", environment.getRequiredProperty("tenancy.isolation.tenant.password"));
        settings.put("REDIS_HOST", redis.getHost());
        settings.put("REDIS_PORT", Integer.toString(redis.getPort()));
        settings.put("REDIS_PASSWORD", issued.text("/password"));
        settings.put("MONGODB_URL", environment.getRequiredProperty("spring.mongodb.uri"));
        var process = builder.start();
        running.add(process);
        return process;
    }

    private static String ask(int port, String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, BodyHandlers.ofString()).body();
    }
}
