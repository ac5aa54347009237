package com.misybot.tenancy.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.security.apikey.TestKeys;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        // a duplicate that waited for the turn of its tenant would do so for longer than a test waits
        properties = "tenancy.isolation.connection-timeout=1m")
@Import(IdempotencyTests.Things.class)
class IdempotencyTests {

    private static final UUID TENANT = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");

    private final Http http;
    private final ApplicationContext context;
    private final JdbcClient owner;
    private final Things things;
    private final String anna;
    private final String key = UUID.randomUUID().toString();

    @Autowired
    IdempotencyTests(@LocalServerPort int port, ApplicationContext context, Things things) {
        this.http = new Http(port);
        this.context = context;
        this.owner = JdbcClient.create(context.getBean("ownerDataSource", DataSource.class));
        this.things = things;
        this.anna = "Bearer " + TestKeys.operator(context);
    }

    record Thing(String name, @Nullable OneTimeSecret secret, int effect) {}

    @RestController
    @RequestMapping(path = RestPaths.API + "/test-things", version = RestPaths.VERSION)
    static class Things {

        private final Idempotency idempotency;
        private final AtomicInteger effects = new AtomicInteger();
        private volatile CountDownLatch started = new CountDownLatch(1);
        private volatile CountDownLatch go = new CountDownLatch(0);

        Things(Idempotency idempotency) {
            this.idempotency = idempotency;
        }

        @Access(scope = "tenants:write")
        @PostMapping("/{where}")
        ResponseEntity<?> make(
                @PathVariable String where,
                IdempotencyKey key,
                @RequestParam(required = false) @Nullable String answer,
                @RequestBody Map<String, String> body) {
            var scope = where.equals("platform") ? Scope.platform() : Scope.tenant(TENANT);
            return idempotency.once(key, scope, () -> effect(answer, body));
        }

        private ResponseEntity<?> effect(@Nullable String answer, Map<String, String> body) {
            var effect = effects.incrementAndGet();
            started.countDown();
            try {
                assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return switch (String.valueOf(answer)) {
                case "conflict" -> throw new ProblemException(WebProblem.CONFLICT, "Not now.");
                case "bad" -> ResponseEntity.status(HttpStatus.CONFLICT).body(Map.of("effect", effect));
                case "none" -> ResponseEntity.noContent().build();
                default ->
                    ResponseEntity.created(URI.create("/api/v1/test-things/1"))
                            .eTag(ETags.of(1))
                            .header("X-Other", "not kept")
                            .body(new Thing(
                                    String.valueOf(body.get("name")),
                                    new OneTimeSecret("misy_ten_shown-once"),
                                    effect));
            };
        }
    }

    @BeforeEach
    void letEffectsRun() {
        things.started = new CountDownLatch(1);
        things.go = new CountDownLatch(0);
    }

    private Http.Answer post(String path, String body, String key, String credential) {
        return http.post("/api/v1/test-things" + path, body, "Idempotency-Key", key, "Authorization", credential);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/platform", "/tenant"})
    void replaysTheAnswerWithoutTheSecret(String path) {
        var first = post(path, "{\"name\":\"a\"}", key, anna);
        var again = post(path, "{\"name\":\"a\"}", key, anna);

        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(first.header("Idempotency-Replayed")).isNull();
        assertThat(first.json().path("secret").asString()).isEqualTo("misy_ten_shown-once");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.header("Location")).isEqualTo("/api/v1/test-things/1");
        assertThat(again.header("ETag")).isEqualTo("\"1\"");
        assertThat(again.header("Content-Type")).startsWith("application/json");
        assertThat(again.json().path("effect").asInt())
                .isEqualTo(first.json().path("effect").asInt());
        assertThat(again.body()).contains("\"secret\":null,\"secretWithheld\":true");
        assertThat(owner.sql("select count(*) from idempotency_record where position('shown-once'::bytea in body) > 0")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void refusesAnotherBodyUnderTheSameKey() {
        post("/tenant", "{\"name\":\"a\"}", key, anna);

        assertThat(post("/tenant", "{\"name\":\"b\"}", key, anna).problem()).isEqualTo("422 idempotency_mismatch");
        assertThat(post("/tenant", "{\"name\": \"a\"}", key, anna).problem()).isEqualTo("422 idempotency_mismatch");
    }

    @Test
    void countsPrincipalPathQueryAndKeyAsOneRequest() {
        var effects = things.effects.get();
        var bert = "Bearer " + TestKeys.operator(context);

        post("/tenant", "{}", key, anna);
        post("/tenant", "{}", key, bert);
        post("/tenant?answer=x", "{}", key, anna);
        post("/tenant", "{}", key + "2", anna);
        post("/platform", "{}", key, anna);
        post("/tenant", "{}", "", anna);
        post("/tenant", "{}", "", anna);

        assertThat(things.effects.get() - effects).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"conflict", "bad"})
    void keepsOnlySuccess(String answer) {
        var effects = things.effects.get();

        assertThat(post("/tenant?answer=" + answer, "{}", key, anna).status()).isEqualTo(409);
        assertThat(post("/tenant?answer=" + answer, "{}", key, anna).status()).isEqualTo(409);

        assertThat(things.effects.get() - effects).isEqualTo(2);
    }

    @Test
    void replaysAnAnswerWithoutABody() {
        assertThat(post("/tenant?answer=none", "{}", key, anna).status()).isEqualTo(204);
        var again = post("/tenant?answer=none", "{}", key, anna);

        assertThat(again.status()).isEqualTo(204);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/platform", "/tenant"})
    void tellsARunningDuplicateInsteadOfLettingItWait(String path) throws Exception {
        things.go = new CountDownLatch(1);
        var running = CompletableFuture.supplyAsync(() -> post(path, "{}", key, anna));
        assertThat(things.started.await(20, TimeUnit.SECONDS)).isTrue();

        var duplicate =
                CompletableFuture.supplyAsync(() -> post(path, "{}", key, anna)).get(20, TimeUnit.SECONDS);
        things.go.countDown();

        assertThat(duplicate.problem()).isEqualTo("409 idempotency_in_progress");
        assertThat(duplicate.header("Retry-After")).isEqualTo("1");
        assertThat(running.get(20, TimeUnit.SECONDS).status()).isEqualTo(201);
        assertThat(post(path, "{}", key, anna).header("Idempotency-Replayed")).isEqualTo("true");
    }

    @Test
    void runsARequestAgainOnceItsRecordHasExpired() {
        post("/platform", "{}", key, anna);
        owner.sql("update idempotency_record set expires_at = now()").update();

        assertThat(post("/platform", "{\"name\":\"other\"}", key, anna).header("Idempotency-Replayed"))
                .isNull();
        assertThat(post("/platform", "{\"name\":\"other\"}", key, anna).header("Idempotency-Replayed"))
                .isEqualTo("true");
    }

    @Test
    void purgesWhatHasExpiredAndNothingElse() {
        post("/platform", "{}", key, anna);
        post("/tenant", "{}", key, anna);
        owner.sql("update idempotency_record set expires_at = now()").update();
        post("/tenant", "{}", key + "2", anna);

        assertThat(context.getBean(ExpiredIdempotencyRecords.class).purge()).isGreaterThanOrEqualTo(2);

        assertThat(owner.sql("select count(*) from idempotency_record where expires_at <= now()")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(post("/tenant", "{}", key + "2", anna).header("Idempotency-Replayed"))
                .isEqualTo("true");
    }

    @Test
    void keepsRecordsFor24Hours() {
        post("/tenant", "{}", key, anna);

        assertThat(owner.sql("select extract(epoch from max(expires_at - kept_at))::int from idempotency_record")
                        .query(Integer.class)
                        .single())
                .isEqualTo(86_400);
    }

    @Test
    void refusesKeysThatAreNotVisibleAscii() {
        assertThat(post("/tenant", "{}", "a".repeat(255), anna).status()).isEqualTo(201);
        for (var bad : new String[] {"a".repeat(256), "a b", "a\tb"}) {
            assertThat(post("/tenant", "{}", bad, anna).problem())
                    .isEqualTo("400 invalid_request header/Idempotency-Key:format");
        }
        var latin =
                "POST /api/v1/test-things/tenant HTTP/1.1\nHost: a\nConnection: close\nContent-Type: application/json\n"
                        + "Content-Length: 2\nIdempotency-Key: \u00e9\nAuthorization: " + anna + "\n\n{}";
        assertThat(http.raw(latin).problem()).isEqualTo("400 invalid_request header/Idempotency-Key:format");
    }
}
