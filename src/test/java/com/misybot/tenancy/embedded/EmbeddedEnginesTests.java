package com.misybot.tenancy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClients;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Services in processes of their own, because they are killed, and because two share what one JVM cannot show. */
@Execution(ExecutionMode.CONCURRENT)
class EmbeddedEnginesTests {

    private LinkedData directory;
    private Path data;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = LinkedData.make();
        data = directory.path();
    }

    @AfterEach
    void removeDirectory() throws IOException {
        directory.close();
    }

    @Test
    void keepsWhatAKilledServiceHadInEveryStore() throws Exception {
        var service = ChildService.start(data);
        execute(service, "create table kept (value int)", "insert into kept values (42)");
        redis(service, commands -> commands.set("tenancy:kept", "42"));
        try (var mongo = MongoClients.create(service.property("spring.mongodb.uri"))) {
            mongo.getDatabase("tenancy").getCollection("kept").insertOne(new Document("value", 42));
        }
        var root = Files.readString(data.resolve("root.key"));
        service.kill();

        assertThat(Processes.of(data)).as("orphans").isNotEmpty();
        try (var next = ChildService.start(data)) {
            assertThat(query(next, "select value from kept")).isEqualTo("42");
            assertThat(redis(next, commands -> commands.get("tenancy:kept"))).isEqualTo("42");
            try (var mongo = MongoClients.create(next.property("spring.mongodb.uri"))) {
                assertThat(mongo.getDatabase("tenancy").getCollection("kept").countDocuments())
                        .isEqualTo(1);
            }
            assertThat(data.resolve("root.key")).hasContent(root);
        }
        assertThat(Processes.of(data)).isEmpty();
    }

    @Test
    void endsTheEnginesAfterTheLastBeanAndStartsThoughAStaleNumberIsSomebodyElses() throws Exception {
        new SpringApplicationBuilder(ChildService.Service.class)
                .web(WebApplicationType.NONE)
                .run("--tenancy.embedded.data-dir=" + data, "--tenancy.embedded.durable=true")
                .close();
        assertThat(Processes.of(data)).isEmpty();
        var pid = ProcessHandle.current().pid() + "\n";
        Files.writeString(data.resolve("postgresql/postmaster.pid"), pid + "/elsewhere\n0\n1\n\nlocalhost\n");
        Files.writeString(data.resolve("redis/redis.pid"), pid);

        try (var service = ChildService.start(data)) {
            assertThat(query(service, "select count(*) from farewell")).isEqualTo("0");
        }
    }

    @Test
    void sharesTheEnginesBetweenTwoServicesUntilTheLastOneEnds() throws Exception {
        var first = ChildService.start(data);
        try (var second = ChildService.start(data)) {
            assertThat(second.property("spring.datasource.url")).isEqualTo(first.property("spring.datasource.url"));
            assertThat(second.property("spring.data.redis.url")).isEqualTo(first.property("spring.data.redis.url"));
            assertThat(second.property("spring.mongodb.uri")).isEqualTo(first.property("spring.mongodb.uri"));
            try (var mongo = MongoClients.create(second.property("spring.mongodb.uri"));
                    var connection = second.connect()) {
                var collection = mongo.getDatabase("tenancy").getCollection("shared");
                collection.insertOne(new Document("value", 1));

                first.close();

                assertThat(connection.isValid(5)).isTrue();
                assertThat(redis(second, commands -> commands.set("tenancy:shared", "1")))
                        .isEqualTo("OK");
                assertThat(collection.countDocuments()).isEqualTo(1);
            }
        }
        assertThat(Processes.of(data)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(classes = {ChildService.FailingBeforeContext.class, ChildService.FailingInContext.class})
    void stopsTheEnginesOfAStartThatFails(Class<?> failing) throws Exception {
        assertThat(ChildService.fail(data, failing)).isEqualTo(1);

        assertThat(data.resolve("postgresql/PG_VERSION")).exists();
        assertThat(Processes.of(data)).isEmpty();
    }

    @Test
    void forcesWhatItKeepsToTheDisk() throws Exception {
        try (var service = ChildService.start(data)) {
            for (var setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                assertThat(query(service, "show " + setting)).as(setting).isEqualTo("on");
            }
            assertThat(query(service, "show server_version")).startsWith("18.");
            assertThat(
                            query(
                                    service,
                                    "select datlocprovider::text || datlocale || datctype from pg_database where datname = 'tenancy'"))
                    .isEqualTo("bC.UTF-8C.UTF-8");
        }
    }

    @Test
    void letsNobodyElseOfTheMachineIn() throws Exception {
        try (var service = ChildService.start(data)) {
            var url = service.property("spring.datasource.url");
            for (var role : List.of("postgres", "tenancy_owner", "tenancy_tenant", "tenancy_backup")) {
                assertThatThrownBy(() -> DriverManager.getConnection(url, role, "guessed"))
                        .as(role)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("password authentication failed");
            }
            assertThatThrownBy(() -> command(
                            service.property("spring.data.redis.url").replaceFirst("//[^@]+@", "//"), c -> c.ping()))
                    .hasStackTraceContaining("NOAUTH");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                    .isEqualTo("rwx------");
            for (var secret :
                    List.of("root.key", "redis/redis.conf", "passwords/postgres", "passwords/tenancy_owner")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(secret))))
                        .as(secret)
                        .isEqualTo("rw-------");
            }
            assertThat(Files.readString(data.resolve("root.key"))).matches("[0-9a-f]{64}\n");
        }
    }

    @Test
    void startsOnlyWhatIsNotConfigured() throws Exception {
        try (var service = ChildService.start(
                data,
                "--spring.data.redis.host=redis.example",
                "--spring.mongodb.uri=mongodb://mongo.example/tenancy",
                "--tenancy.keyring.root-file=/elsewhere")) {
            assertThat(service.property("spring.datasource.url")).startsWith("jdbc:postgresql://127.0.0.1:");
            assertThat(service.property("spring.data.redis.url")).isEmpty();
            assertThat(service.property("tenancy.keyring.root-file")).isEqualTo("/elsewhere");
            assertThat(data.resolve("redis")).doesNotExist();
            assertThat(data.resolve("mongodb")).doesNotExist();
            assertThat(data.resolve("root.key")).doesNotExist();
        }
    }

    private static void execute(ChildService service, String... statements) throws SQLException {
        try (var connection = service.connect();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String query(ChildService service, String sql) throws SQLException {
        try (var connection = service.connect();
                var rows = connection.createStatement().executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static String redis(ChildService service, Function<RedisCommands<String, String>, String> command) {
        return command(service.property("spring.data.redis.url"), command);
    }

    private static String command(String url, Function<RedisCommands<String, String>, String> command) {
        try (var client = RedisClient.create(url);
                var connection = client.connect()) {
            return command.apply(connection.sync());
        }
    }
}
