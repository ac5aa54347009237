package com.misybot.tenancy.context.limit;

import static com.misybot.tenancy.Api.freeSlug;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.Api.Answer;
import com.misybot.tenancy.context.redis.RedisDoor;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.RedisKeys;
import com.misybot.tenancy.keyring.Token;
import com.misybot.tenancy.security.apikey.TestKeys;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collections;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class RateLimitApiTests {

    private static final int MANY = 60;

    private final ApplicationContext context;
    private final Api api;
    private final RedisDoor redis;
    private final MeterRegistry meters;
    private final JdbcTemplate owner;

    RateLimitApiTests(
            ApplicationContext context,
            RedisDoor redis,
            MeterRegistry meters,
            @Qualifier("ownerDataSource") DataSource owner) {
        this.context = context;
        this.api = Api.operator(context);
        this.redis = redis;
        this.meters = meters;
        this.owner = new JdbcTemplate(owner);
    }

    @Test
    void resolvingBeyondTheRateOfATenantIsRefusedAndSaysWhenToComeBack() {
        var resolve = "/context?siteId=%1$s-web&origin=https://%1$s.example".formatted(tenant(2));
        var refusals = meters.counter("tenancy.limit.refused", "limit", "resolve");
        var before = refusals.count();

        assertThat(api.get(resolve).header("RateLimit")).isEmpty();
        assertThat(api.get(resolve).header("RateLimit")).isEqualTo("\"resolve\";r=0;t=1");
        var refused = untilRefused(() -> api.get(resolve));

        assertThat(refused.text("/code")).isEqualTo("too_many_requests");
        assertThat(refused.text("/detail")).contains("resolve allows 2 a second");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 2);
        assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"resolve\";q=2;w=1");
        assertThat(refused.header("RateLimit")).isEqualTo("\"resolve\";r=0;t=" + refused.header("Retry-After"));
        assertThat(refusals.count()).isGreaterThan(before);
    }

    @Test
    void whoMayNotTalkForATenantDoesNotUseItsRate() {
        var slug = tenant(2);
        for (var i = 0; i < 10; i++) {
            assertThat(api.get("/context?siteId=%s-web&origin=https://evil.example".formatted(slug))
                            .status())
                    .isEqualTo(403);
        }

        assertThat(api.get("/context?siteId=%1$s-web&origin=https://%1$s.example".formatted(slug))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anItemOfABatchBeyondTheRateBecomesTheProblemOfThatItem() {
        var item = "{\"siteId\":\"%1$s-web\",\"origin\":\"https://%1$s.example\"}".formatted(tenant(2));
        var answer =
                api.post("/context/batch", "{\"items\":[" + String.join(",", Collections.nCopies(10, item)) + "]}");

        assertThat(answer.status()).isEqualTo(200);
        var items = answer.json().get("items");
        assertThat(items.valueStream().filter(one -> one.has("context")).count())
                .isBetween(2L, 4L);
        assertThat(items.valueStream()
                        .filter(one -> one.has("problem"))
                        .map(one -> one.at("/problem/code").asString()))
                .isNotEmpty()
                .containsOnly("too_many_requests");
    }

    @Test
    void aCallerBeyondItsRateIsRefusedOnEveryRoute() {
        var key = TestKeys.service(context);
        var caller = new Actor(Actor.Kind.SERVICE, Token.claimedKeyId(key).orElseThrow());
        var service = Api.with(context, key);
        assertThat(service.get("/tenants/count").header("RateLimit")).isEmpty();

        var used = untilRefused(() -> lastOfMany(caller, () -> service.get("/tenants/count")));
        assertThat(used.text("/code")).isEqualTo("too_many_requests");
        assertThat(used.header("RateLimit-Policy")).isEqualTo("\"caller\";q=20000;w=1");
        assertThat(used.header("Retry-After")).isNotEmpty();
        assertThat(untilRefused(() -> lastOfMany(caller, () -> service.get("/api-keys/none")))
                        .header("RateLimit"))
                .startsWith("\"caller\";r=0;t=");
        assertThat(api.get("/tenants/count").status()).as("of another caller").isEqualTo(200);
    }

    /** As if other instances had spent all of it until half a second from now. */
    private void useUp(Actor caller) {
        var slot = (System.currentTimeMillis() + 500) / 50;
        redis.call(commands -> commands.hset(RedisKeys.callerRate(caller), Long.toString(slot), "21000"));
    }

    /** At once, because an instance lets a hundred a second through without asking. */
    private Answer lastOfMany(Actor caller, Supplier<Answer> request) {
        useUp(caller);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = Collections.nCopies(20, request).stream()
                    .map(one -> CompletableFuture.supplyAsync(one, threads))
                    .toList();
            return answers.stream()
                    .map(CompletableFuture::join)
                    .max(Comparator.comparingInt(Answer::status))
                    .orElseThrow();
        }
    }

    private static Answer untilRefused(Supplier<Answer> request) {
        for (var i = 0; i < MANY; i++) {
            var answer = request.get();
            if (answer.status() == 429) {
                return answer;
            }
        }
        throw new AssertionError("Nothing was refused");
    }

    private void plan(String id, int resolvesPerSecond) {
        owner.update("""
                insert into plan (id, name, limits, permissions, secret_scopes, created_by, updated_by)
                select ?, name, limits || jsonb_build_object('resolvesPerSecond', ?::int), permissions, secret_scopes, created_by,
                    updated_by
                from plan where id = 'standard'
                """, id, resolvesPerSecond);
    }

    private String tenant(int resolvesPerSecond) {
        var slug = freeSlug();
        plan(slug, resolvesPerSecond);
        var made = api.post("/tenants", """
                {"tenantId":"%1$s","plan":"%1$s","siteId":"%1$s-web","allowedOrigins":["https://%1$s.example"],
                "business":{"name":"Acme Dental"}}""".formatted(slug), "Prefer", "wait=10");
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return slug;
    }
}
