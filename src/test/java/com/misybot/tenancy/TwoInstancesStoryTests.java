package com.misybot.tenancy;

import static com.misybot.tenancy.Api.freeSlug;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.embedded.TestRedis;
import com.misybot.tenancy.security.apikey.TestKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The life of one tenant on two instances that share PostgreSQL and Redis, with Redis lost and found in the middle of it. What a
 * change says of itself holds on the other instance: {@code done} means that two seconds later nobody accepts the old state.
 */
class TwoInstancesStoryTests {

    private static final String ENGINES = "target/engines-of-the-story";
    private static final String PAGE = "https://www.acme.example";
    private static final String WHY = "{\"reason\":\"because\"}";
    private static final Duration PROMISED = Duration.ofSeconds(2);
    private static final Duration RECOVERY = Duration.ofSeconds(10);

    private static ConfigurableApplicationContext first;
    private static ConfigurableApplicationContext second;
    private static Api here;
    private static Api there;

    private final String slug = freeSlug();
    private final TestRedis redis = TestRedis.of(Path.of(ENGINES));

    @BeforeAll
    static void start() {
        first = instance();
        second = instance();
        var key = TestKeys.operator(first);
        here = Api.with(first, key);
        there = Api.with(second, key);
    }

    private static ConfigurableApplicationContext instance() {
        return new SpringApplicationBuilder(TenancyApplication.class)
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--tenancy.embedded.data-dir=" + ENGINES,
                        "--tenancy.embedded.durable=false");
    }

    @AfterAll
    static void stop() {
        second.close();
        first.close();
    }

    @Test
    void isToldOnBothInTime() throws Exception {
        var created = here.post("/tenants", """
                {"tenantId":"%s","business":{"name":"Acme"},"allowedOrigins":["%s"]}""".formatted(slug, PAGE));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        // the client below calls as fast as it can
        assertThat(here.put(
                                "/tenants/" + slug + "/limits",
                                "{\"overrides\":{\"verificationsPerSecond\":100000}}",
                                "If-Match",
                                "*")
                        .status())
                .isEqualTo(200);
        var context = "/context?siteId=" + created.text("/siteId") + "&origin=" + PAGE;
        for (var instance : List.of(here, there)) {
            assertThat(instance.get(context).status()).isEqualTo(200);
        }

        var token = startSession(here, created.text("/siteId"));
        assertThat(isLive(there, token)).isTrue();
        var secret = rotateWhileAClientCalls(created.text("/secret"));

        redis.kill();
        for (var instance : List.of(here, there)) {
            assertThat(instance.get(context).status()).isEqualTo(200);
            assertThat(isValid(instance, secret)).isTrue();
            var refused = instance.post("/sessions/introspect", "{\"token\":\"" + token + "\"}");
            assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isNotBlank();
        }
        assertThat(here.patch("/tenants/" + slug, "{\"permissions\":[\"chat.reply\"]}", "If-Match", "*")
                        .header("Misy-Propagation"))
                .isEqualTo("pending");
        redis.start();

        // sessions are lost with Redis, and nothing else
        var again = new AtomicReference<String>();
        await().atMost(RECOVERY).untilAsserted(() -> again.set(startSession(there, created.text("/siteId"))));
        await().atMost(RECOVERY)
                .untilAsserted(() -> assertThat(isLive(here, again.get())).isTrue());
        // the change was told to be pending: the repair brings it
        await().atMost(RECOVERY)
                .untilAsserted(() -> assertThat(
                                there.get(context).json().at("/permissions/0").asString())
                        .isEqualTo("chat.reply"));

        suspendedHereAndRefusedThere(context, secret, again.get());
    }

    private void suspendedHereAndRefusedThere(String context, String secret, String token) {
        await().atMost(RECOVERY).until(() -> {
            var answer = here.post("/tenants/" + slug + "/suspend", WHY);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            var done = "done".equals(answer.header("Misy-Propagation"));
            if (!done) {
                here.post("/tenants/" + slug + "/resume", "{}");
            }
            return done;
        });
        Promised.within(
                PROMISED,
                () -> "tenant_suspended".equals(there.get(context).text("/code"))
                        && !isValid(there, secret)
                        && !isLive(there, token));
        assertThat(here.get(context).text("/code")).isEqualTo("tenant_suspended");
        assertThat(there.post("/tenants/" + slug + "/resume", "{}").header("Misy-Propagation"))
                .isEqualTo("done");
        Promised.within(PROMISED, () -> here.get(context).status() == 200 && isValid(here, secret));
        // ended for good
        assertThat(isLive(here, token)).isFalse();
        assertThat(isLive(there, token)).isFalse();
    }

    /** Rotates with an overlap; who goes over to the new secret meanwhile is never refused, on either instance. */
    private String rotateWhileAClientCalls(String firstSecret) throws InterruptedException {
        var secret = new AtomicReference<>(firstSecret);
        var going = new AtomicBoolean(true);
        var calls = new AtomicInteger();
        var refusals = new AtomicInteger();
        var client = Thread.startVirtualThread(() -> {
            while (going.get()) {
                var instance = calls.incrementAndGet() % 2 == 0 ? here : there;
                if (!isValid(instance, secret.get())) {
                    refusals.incrementAndGet();
                }
            }
        });
        await().until(() -> calls.get() > 20);
        var rotated = there.post("/tenants/" + slug + "/secrets", "{\"overlap\":\"PT2H\"}");
        assertThat(rotated.status()).as(rotated.toString()).isEqualTo(201);
        var before = calls.get();
        await().until(() -> calls.get() > before + 20);
        secret.set(rotated.text("/secret"));
        await().until(() -> calls.get() > before + 60);
        going.set(false);
        client.join();
        assertThat(refusals).hasValue(0);
        assertThat(isValid(here, firstSecret)).as("the old one in its overlap").isTrue();
        return secret.get();
    }

    private static String startSession(Api instance, String siteId) {
        var started = instance.post("/sessions", """
                {"siteId":"%s","origin":"%s","clientAddress":"192.0.2.1"}""".formatted(siteId, PAGE));
        assertThat(started.status()).as(started.toString()).isEqualTo(201);
        return started.text("/token");
    }

    private static boolean isLive(Api instance, String token) {
        var answer = instance.post("/sessions/introspect", "{\"token\":\"" + token + "\"}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().at("/active").asBoolean();
    }

    private static boolean isValid(Api instance, String secret) {
        var answer = instance.post("/secrets/verify", "{\"secret\":\"" + secret + "\"}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().at("/valid").asBoolean();
    }
}
