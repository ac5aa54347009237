package com.misybot.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.context.session.Visits;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Redis goes away and comes back: seen through a door between the service and it that can be shut. A new tenant waits two attempts for
 * it; {@code -Dtenancy.test.attempts-without-redis=6} is a minute.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@DirtiesContext
class RedisDownTests {

    private static final Door DOOR = new Door();
    private static final int ATTEMPTS = Integer.getInteger("tenancy.test.attempts-without-redis", 2);

    private final ApplicationContext context;

    RedisDownTests(@Autowired ApplicationContext context) {
        this.context = context;
    }

    @AfterEach
    void open() {
        DOOR.open();
    }

    @Test
    void answers503WithoutRedisAndEndsSessionsAllTheSame() {
        var visits = Visits.of(context);
        var api = Api.operator(context);
        var site = visits.register();
        var kept = visits.register();
        var token = visits.start(site, "").text("/token");
        var other = visits.start(kept, "");
        assertThat(visits.isActive(token)).isTrue();
        var path = "/tenants/" + kept.slug() + "/sessions";

        DOOR.shut();
        for (var answer : List.of(
                visits.introspect(token),
                visits.tryStart(site, Visits.client(), ""),
                api.get(path),
                api.get(path + "/count"),
                api.get(path + "/" + other.text("/id")),
                api.patch(path + "/" + other.text("/id"), "{}", "If-Match", "*"),
                api.delete(path + "/" + other.text("/id"), "If-Match", "*"))) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
            assertThat(answer.text("/code")).isEqualTo("unavailable");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
        }
        var ended = api.post("/tenants/" + site.slug() + "/sessions/end-all", "{\"reason\":\"because\"}");
        assertThat(ended.status()).as(ended.toString()).isEqualTo(200);
        assertThat(ended.header("Misy-Propagation")).isEqualTo("pending");

        DOOR.open();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(visits.isActive(other.text("/token"))).isTrue());
        // however long the repair takes: what counts from the answer `done` on is shown by the story
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(visits.isActive(token)).isFalse());
    }

    @Test
    void letsANewTenantWaitAndSetsItUpThen() {
        var api = Api.operator(context);
        var slug = Api.freeSlug();
        var path = "/tenants/" + slug;
        DOOR.shut();

        assertThat(api.post("/tenants", Api.tenant(slug), "Prefer", "respond-async")
                        .status())
                .isEqualTo(202);
        await().atMost(Duration.ofMinutes(2)).until(() -> attempts(api, path) >= ATTEMPTS);
        assertThat(api.get(path).text("/status")).isEqualTo("PROVISIONING");
        assertThat(mirrorStep(api, path).path("reason").asString()).contains("Redis");

        DOOR.open();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> api.get(path).text("/status").equals("ACTIVE"));
        assertThat(api.get(path + "/provisioning").json().at("/items")).hasSize(1);
    }

    private static int attempts(Api api, String path) {
        return mirrorStep(api, path).path("attempts").asInt(0);
    }

    private static JsonNode mirrorStep(Api api, String path) {
        return api.get(path + "/provisioning")
                .json()
                .at("/items/0/steps")
                .valueStream()
                .filter(step -> step.path("name").asString().equals("mirror"))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /** Leads to Redis wherever it is: its address comes from the settings, or from the container. */
    @TestConfiguration
    static class ThroughTheDoor {

        @Bean
        static BeanPostProcessor doorToRedis() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataRedisConnectionDetails details ? throughTheDoor(details) : bean;
                }
            };
        }

        private static DataRedisConnectionDetails throughTheDoor(DataRedisConnectionDetails details) {
            var there = java.util.Objects.requireNonNull(details.getStandalone());
            DOOR.leadTo(there.getHost(), there.getPort());
            return new DataRedisConnectionDetails() {
                @Override
                public @Nullable String getUsername() {
                    return details.getUsername();
                }

                @Override
                public @Nullable String getPassword() {
                    return details.getPassword();
                }

                @Override
                public Standalone getStandalone() {
                    return Standalone.of("127.0.0.1", DOOR.port());
                }
            };
        }
    }
}
