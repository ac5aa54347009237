package com.misybot.tenancy.context;

import static com.misybot.tenancy.Api.freeSlug;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.context.redis.RedisDoor;
import com.misybot.tenancy.embedded.TestRedis;
import com.misybot.tenancy.kernel.RedisKeys;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** Redis refuses, hangs, is read-only, is full, is emptied and restarted, on engines that no other test uses. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "tenancy.embedded.data-dir=" + RedisFaultTests.ENGINES)
@TestConstructor(autowireMode = AutowireMode.ALL)
@DirtiesContext
class RedisFaultTests {

    static final String ENGINES = "target/engines-of-faults";

    private static final String PAGE = "https://www.acme.example";
    private static final Duration RECOVERY = Duration.ofSeconds(10);

    private final TestRedis redis = TestRedis.of(Path.of(ENGINES));
    private final Api api;
    private final RedisDoor door;
    private final KnownTenants known;

    RedisFaultTests(ApplicationContext context, RedisDoor door, KnownTenants known) {
        this.api = Api.operator(context);
        this.door = door;
        this.known = known;
    }

    /** What can be wrong with Redis, and how it comes back. */
    enum Fault {
        REFUSING,
        HANGING,
        READ_ONLY,
        FULL;

        private void begin(TestRedis redis) {
            switch (this) {
                case REFUSING -> redis.kill();
                case HANGING -> redis.hang();
                case READ_ONLY -> command(redis, commands -> commands.replicaof("127.0.0.1", 1));
                case FULL -> command(redis, commands -> commands.configSet("maxmemory", "1"));
            }
        }

        private void end(TestRedis redis) {
            switch (this) {
                case REFUSING -> redis.start();
                case HANGING -> redis.goOn();
                case READ_ONLY -> command(redis, RedisCommands::replicaofNoOne);
                case FULL -> command(redis, commands -> commands.configSet("maxmemory", "0"));
            }
        }

        private static void command(TestRedis redis, Consumer<RedisCommands<String, String>> command) {
            try (var client = new TestRedisClient(redis.url())) {
                command.accept(client.commands());
            }
        }
    }

    private record Site(String slug, String siteId, String id) {}

    private Site register(String... headers) {
        var slug = freeSlug();
        var created = api.post("/tenants", """
                {"tenantId":"%s","business":{"name":"Acme"},"allowedOrigins":["%s"]}""".formatted(slug, PAGE), headers);
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return new Site(slug, created.text("/siteId"), created.text("/id"));
    }

    private int resolve(Site site) {
        return api.get("/context?siteId=" + site.siteId() + "&origin=" + PAGE).status();
    }

    @ParameterizedTest
    @EnumSource
    void goesOnFromPostgresAndTellsRedisWhatItMissed(Fault fault) {
        await().atMost(RECOVERY).until(door::isOpen);
        var before = register();
        var others = IntStream.range(0, 8).mapToObj(_ -> register()).toList();
        var unknown = "/context?siteId=nobody_has_it&origin=" + PAGE;
        var fresh = new ArrayList<Site>();

        fault.begin(redis);
        try {
            for (var other : others) {
                known.forget(java.util.UUID.fromString(before.id()));
                assertThat(resolve(before)).isEqualTo(200);
                assertThat(resolve(other)).isEqualTo(200);
                // it is set up when Redis is back
                fresh.add(register("Prefer", "wait=0"));
                assertThat(resolve(fresh.getLast())).isEqualTo(403);
            }
            assertThat(api.get(unknown).status()).isEqualTo(404);
            var suspended = api.post("/tenants/" + before.slug() + "/suspend", "{\"reason\":\"r\"}");
            assertThat(suspended.header("Misy-Propagation")).isEqualTo("pending");
            assertThat(resolve(before)).isEqualTo(403);
            // it lets a few calls through each second to see whether Redis is back, and opens again when they fail
            await("the circuit opens").atMost(RECOVERY).until(() -> {
                assertThat(resolve(before)).isEqualTo(403);
                return !door.isOpen();
            });
        } finally {
            fault.end(redis);
        }

        await().atMost(RECOVERY).untilAsserted(() -> {
            assertThat(door.isOpen()).isTrue();
            try (var client = new TestRedisClient(redis.url())) {
                assertThat(client.commands().hget("t:{" + before.id() + "}:context", "value"))
                        .contains("SUSPENDED");
            }
        });
        assertThat(api.post("/tenants/" + before.slug() + "/resume", "{}").header("Misy-Propagation"))
                .isEqualTo("done");
        assertThat(resolve(before)).isEqualTo(200);
        await().atMost(Duration.ofMinutes(1)).until(() -> fresh.stream().allMatch(site -> resolve(site) == 200));
    }

    /** Redis would end it at the time that it was told last. */
    @Test
    void promisesNoMoreOfASessionThanAReadOnlyRedisKeeps() {
        await().atMost(RECOVERY).until(door::isOpen);
        var site = register();
        var started = api.post("/sessions", """
                {"siteId":"%s","origin":"%s","clientAddress":"198.19.0.1","idle":"PT20M"}""".formatted(site.siteId(), PAGE));
        var key = RedisKeys.session(java.util.UUID.fromString(site.id()), started.text("/id"));
        Fault.command(redis, commands -> commands.expire(key, 60));

        Fault.READ_ONLY.begin(redis);
        try {
            await().atMost(RECOVERY)
                    .untilAsserted(() -> assertThat(expiry(started))
                            .isBefore(Instant.parse(started.text("/createdAt")).plusSeconds(120)));
        } finally {
            Fault.READ_ONLY.end(redis);
        }

        await().atMost(RECOVERY)
                .untilAsserted(() -> assertThat(expiry(started))
                        .isAfter(Instant.parse(started.text("/createdAt")).plusSeconds(1_000)));
    }

    private Instant expiry(Api.Answer session) {
        var found = api.post("/sessions/introspect", "{\"token\":\"" + session.text("/token") + "\"}");
        assertThat(found.status()).as(found.toString()).isEqualTo(200);
        return Instant.parse(found.text("/expiresAt"));
    }

    @Test
    void isFilledAgainAfterARestart() {
        await().atMost(RECOVERY).until(door::isOpen);
        var site = register();
        redis.kill();
        redis.start();
        await().atMost(RECOVERY).untilAsserted(() -> {
            try (var client = new TestRedisClient(redis.url())) {
                assertThat(client.commands().exists("t:{" + site.id() + "}:context", RedisKeys.MIRROR))
                        .isEqualTo(2);
            }
        });
    }
}
