package com.misybot.tenancy.context.session;

import static com.misybot.tenancy.context.session.Visits.PAGE;
import static com.misybot.tenancy.context.session.Visits.client;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.LogLines;
import com.misybot.tenancy.context.KnownTenants;
import com.misybot.tenancy.context.limit.RateLimits;
import com.misybot.tenancy.context.redis.ForeignValues;
import com.misybot.tenancy.context.redis.RedisDoor;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.security.apikey.TestKeys;
import com.misybot.tenancy.web.IfMatch;
import com.misybot.tenancy.web.ProblemException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.data.redis.core.ZSetOperations.TypedTuple;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class SessionApiTests {

    private final ApplicationContext context;
    private final Visits visits;
    private final Api api;

    SessionApiTests(ApplicationContext context) {
        this.context = context;
        this.visits = Visits.of(context);
        this.api = visits.api;
    }

    @Test
    void startsASessionForAPageAndShowsItsTokenOnce() {
        var site = visits.register();
        var started = visits.start(
                site,
                ",\"subject\":\"visitor \\\"81\\\"\",\"attributes\":{\"n\":1.50},\"idle\":\"PT20M\",\"lifetime\":\"PT8H\"");
        var id = started.text("/id");

        assertThat(started.text("/token")).startsWith("misy_ses_").contains(id + "_");
        assertThat(started.header("Location")).isEqualTo("/api/v1" + site.path() + "/" + id);
        assertThat(started.header("ETag")).isEqualTo("\"1\"");
        assertThat(started.header("Cache-Control")).isEqualTo("no-store");
        assertThat(started.text("/assurance")).isEqualTo("origin");
        assertThat(started.text("/idle")).isEqualTo("PT20M");

        var read = api.get(site.path() + "/" + id);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json().has("token")).isFalse();
        assertThat(read.response().body()).doesNotContain("hash").contains("\"attributes\":{\"n\":1.50}");
        assertThat(api.get(site.path() + "/" + id, "If-None-Match", "\"1\"").status())
                .isEqualTo(304);

        var found = visits.introspect(started.text("/token"));
        assertThat(found.json().path("active").asBoolean()).isTrue();
        assertThat(found.text("/subject")).isEqualTo("visitor \"81\"");
        assertThat(found.text("/tenantId")).isEqualTo(site.slug());
        assertThat(found.text("/context/siteId")).isEqualTo(site.siteId());
        assertThat(found.text("/endsAt")).isEqualTo(started.text("/endsAt"));
        var stored = visits.redis.<String, String>opsForHash().entries(site.key(id));
        assertThat(stored).containsOnlyKeys("version", "mac", "value");
        assertThat(stored.toString()).doesNotContain(started.text("/token").substring(40));
    }

    @Test
    void startsASessionOnASecret() {
        var site = visits.register();
        var started =
                api.post("/sessions", "{\"secret\":\"" + site.secret() + "\",\"clientAddress\":\"" + client() + "\"}");
        assertThat(started.status()).as(started.toString()).isEqualTo(201);
        assertThat(started.text("/assurance")).isEqualTo("secret");
        assertThat(started.text("/secretId")).isNotEmpty();
        assertThat(started.text("/tenantId")).isEqualTo(site.slug());
        assertThat(visits.isActive(started.text("/token"))).isTrue();

        for (var wrong : Set.of("secret", started.text("/token"), site.secret().substring(1))) {
            var refused =
                    api.post("/sessions", "{\"secret\":\"" + wrong + "\",\"clientAddress\":\"" + client() + "\"}");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text("/code")).isEqualTo("secret_refused");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"origin":"https://a.example","clientAddress":"192.0.2.1"}                                  | /siteId        | required
            {"siteId":"site_1","clientAddress":"192.0.2.1"}                                             | /origin        | required
            {"siteId":"site_1","origin":"o"}                                                            | /clientAddress | required
            {"siteId":"site_1","origin":"o","clientAddress":"localhost"}                                | /clientAddress | format
            {"siteId":"site_1","origin":"o","clientAddress":"192.0.2.1:80"}                             | /clientAddress | format
            {"siteId":"site_1","origin":"o","clientAddress":"fe80::1%eth0"}                             | /clientAddress | format
            {"siteId":"site_1","origin":"o","clientAddress":"1.2.3"}                                    | /clientAddress | format
            {"siteId":"site_1","origin":"o","secret":"s","clientAddress":"192.0.2.1"}                   | /secret        | ambiguous
            {"siteId":"a b c d","origin":"o","clientAddress":"192.0.2.1"}                               | /siteId        | format
            {"siteId":"site_1","origin":"o","clientAddress":"::1","subject":""}                         | /subject       | length
            {"siteId":"site_1","origin":"o","clientAddress":"::1","subject":"a\\tb"}                    | /subject       | character
            {"siteId":"site_1","origin":"o","clientAddress":"::1","attributes":[]}                      | /attributes    | type
            {"siteId":"site_1","origin":"o","clientAddress":"::1","idle":"PT0S"}                        | /idle          | range
            {"siteId":"site_1","origin":"o","clientAddress":"::1","lifetime":"8h"}                      | /lifetime      | format
            {"siteId":"site_1","origin":"o","clientAddress":"::1","token":"x"}                          | /token         | unknown_field
            """)
    void refusesWhatTheFormTells(String body, String pointer, String code) {
        var refused = api.post("/sessions", body);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.text("/errors/0/pointer")).isEqualTo(pointer);
        assertThat(refused.text("/errors/0/code")).isEqualTo(code);
    }

    @Test
    void keepsFourKilobytesOfAttributesInUtf8() {
        var site = visits.register();
        // {"a":"…"} has 8 bytes besides, a sharp s has two
        visits.start(site, ",\"attributes\":{\"a\":\"" + "ß".repeat(2_044) + "\"}");
        var refused = visits.tryStart(site, client(), ",\"attributes\":{\"a\":\"" + "ß".repeat(2_044) + "x\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/errors/0/code")).isEqualTo("length");
        var huge = visits.tryStart(site, client(), ",\"attributes\":{\"a\":\"" + "x".repeat(16_384) + "\"}");
        assertThat(huge.status()).isEqualTo(413);
    }

    @Test
    void endsAllOnTheVersionOfTheTenantThatIsNamed() {
        var site = visits.register();
        var path = site.path() + "/end-all";
        var why = "{\"reason\":\"r\"}";
        var stale = api.post(path, why, "If-Match", "\"7\"");
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.header("ETag")).isEqualTo("\"2\"");
        assertThat(api.post(path, "{}", "If-Match", "\"7\"").status()).isEqualTo(412);
        assertThat(api.post(path, why, "If-Match", "W/\"1\"").status()).isEqualTo(400);
        assertThat(api.post(path, why, "If-Match", "\"2\"").status()).isEqualTo(200);
        assertThat(api.post(path, why, "If-Match", "*").status()).isEqualTo(200);
    }

    @Test
    void refusesWhatTheTenantDoesNotAllow() {
        var site = visits.register();
        var beyond = visits.tryStart(site, client(), ",\"idle\":\"PT31M\",\"lifetime\":\"P2D\"");
        assertThat(beyond.status()).isEqualTo(422);
        assertThat(beyond.text("/code")).isEqualTo("beyond_limits");
        assertThat(beyond.json().path("errors")).hasSize(2);
        var elsewhere = api.post(
                "/sessions",
                "{\"siteId\":\"" + site.siteId()
                        + "\",\"origin\":\"https://other.example\",\"clientAddress\":\"::1\"}");
        assertThat(elsewhere.text("/code")).isEqualTo("origin_not_allowed");
        assertThat(api.post(
                                "/sessions",
                                "{\"siteId\":\"site_nobody\",\"origin\":\"" + PAGE + "\",\"clientAddress\":\"::1\"}")
                        .text("/code"))
                .isEqualTo("unknown_site");
    }

    @Test
    void limitsStartsOfASiteFromOneAddressAndFromOneNetworkOfIpv6() {
        var site = visits.register();
        for (var visit = 0; visit < 30; visit++) {
            assertThat(visits.tryStart(site, "2001:db8:0:1::" + Integer.toHexString(visit), "")
                            .status())
                    .isEqualTo(201);
        }
        var refused = visits.tryStart(site, "2001:db8:0:1:ffff::1", "");
        assertThat(refused.status()).as(refused.toString()).isEqualTo(429);
        assertThat(refused.text("/code")).isEqualTo("too_many_requests");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 61);
        assertThat(visits.tryStart(site, "2001:db8:0:2::1", "").status()).isEqualTo(201);
        assertThat(visits.tryStart(visits.register(), "2001:db8:0:1::1", "").status())
                .isEqualTo(201);
        // and only for a minute
        var counter = visits.redis.keys("t:{" + site.uuid() + "}:limit:starts*");
        assertThat(counter).hasSize(2).noneMatch(key -> key.contains("2001"));
        counter.forEach(key -> assertThat(visits.redis.getExpire(key)).isBetween(0L, 61L));
        visits.redis.delete(counter);
        assertThat(visits.tryStart(site, "2001:db8:0:1::1", "").status()).isEqualTo(201);
    }

    @Test
    void capsTheLiveSessionsOfATenant() {
        var site = visits.register();
        var others = IntStream.range(0, 10_000)
                .mapToObj(number -> TypedTuple.of("%08d".formatted(number), 4e12))
                .collect(Collectors.toSet());
        visits.redis.opsForZSet().add(site.index(0), others);

        var refused = visits.tryStart(site, client(), "");
        assertThat(refused.status()).as(refused.toString()).isEqualTo(409);
        assertThat(refused.text("/code")).isEqualTo("quota_exceeded");

        // one that has expired makes room
        visits.redis.opsForZSet().add(site.index(0), "00000001", 1.0);
        visits.start(site, "");
        assertThat(visits.tryStart(site, client(), "").status()).isEqualTo(409);
        assertThat(api.get(site.path() + "/count").json().path("count").asLong())
                .isEqualTo(10_000);
    }

    @Test
    void changesAttributesByMergingAndGivesAnotherTokenWithAnotherSubject() {
        var site = visits.register();
        var started = visits.start(site, ",\"subject\":\"guest\",\"attributes\":{\"a\":1,\"b\":2}");
        var path = site.path() + "/" + started.text("/id");
        var token = started.text("/token");

        assertThat(api.patch(path, "{}").status()).isEqualTo(428);
        assertThat(api.patch(path, "{\"attributes\":{\"a\":3}}", "If-Match", "\"7\"")
                        .status())
                .isEqualTo(412);
        assertThat(api.patch(path, "{\"idle\":\"PT1M\"}", "If-Match", "\"1\"").text("/code"))
                .isEqualTo("read_only");
        var merged = api.patch(path, "{\"attributes\":{\"a\":3,\"b\":null}}", "If-Match", "\"1\"");
        assertThat(merged.status()).as(merged.toString()).isEqualTo(200);
        assertThat(merged.header("ETag")).isEqualTo("\"2\"");
        assertThat(merged.json().has("token")).isFalse();
        assertThat(merged.json().path("attributes").toString()).isEqualTo("{\"a\":3}");
        assertThat(visits.isActive(token)).isTrue();

        var raised = api.patch(path, "{\"subject\":\"customer-7\"}", "If-Match", "\"2\"");
        var next = raised.text("/token");
        assertThat(next).startsWith("misy_ses_").isNotEqualTo(token);
        assertThat(visits.isActive(token)).isFalse();
        var found = visits.introspect(next);
        assertThat(found.text("/subject")).isEqualTo("customer-7");
        assertThat(found.json().path("attributes").toString()).isEqualTo("{\"a\":3}");
        assertThat(api.patch(path, "{\"subject\":\"customer-7\"}", "If-Match", "*")
                        .header("ETag"))
                .isEqualTo("\"3\"");
    }

    @Test
    void changesOfAnyVersionAreAllMadeHoweverManyMeet() throws Exception {
        var site = visits.register();
        var started = visits.start(site, "");
        var path = site.path() + "/" + started.text("/id");
        try (var log = LogLines.of("com.misybot");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<Api.Answer>>();
            for (var n = 0; n < 16; n++) {
                var body = "{\"attributes\":{\"a" + n + "\":1}}";
                answers.add(threads.submit(() -> api.patch(path, body, "If-Match", "*")));
            }
            for (var answer : answers) {
                assertThat(answer.get().status()).as(answer.get().toString()).isEqualTo(200);
            }
            assertThat(log.with("unavailable")).isEmpty();
        }
        var read = api.get(path);
        assertThat(read.header("ETag")).isEqualTo("\"17\"");
        assertThat(read.json().path("attributes")).hasSize(16);
    }

    @Test
    void aChangeThatOthersAlwaysForestallIsAConflictInTheEnd() {
        var site = visits.register();
        var started = visits.start(site, "");
        var id = started.text("/id");
        var forestalled =
                new SessionStore(
                        context.getBean(RedisDoor.class),
                        context.getBean(SessionFormat.class),
                        context.getBean(ForeignValues.class)) {
                    @Override
                    boolean replace(Session next) {
                        return false;
                    }

                    @Override
                    boolean end(Session session) {
                        return false;
                    }
                };
        var sessions = new Sessions(
                forestalled,
                context.getBean(SessionIndex.class),
                context.getBean(SessionTokens.class),
                context.getBean(KnownTenants.class),
                context.getBean(SessionMetrics.class),
                context.getBean(RateLimits.class),
                context.getBean(SecureRandom.class),
                context.getBean(Clock.class));
        var tenant = UUID.fromString(site.uuid());
        for (var change : List.<ThrowingCallable>of(
                () -> sessions.update(tenant, id, _ -> new Sessions.Content("x", "{}"), IfMatch.any()),
                () -> sessions.end(tenant, id, IfMatch.any()))) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(change)
                    .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo(SessionProblem.SESSION_BUSY));
        }
    }

    @Test
    void endsOneSession() {
        var site = visits.register();
        var started = visits.start(site, "");
        var other = visits.start(site, "");
        var path = site.path() + "/" + started.text("/id");

        assertThat(api.delete(path).status()).isEqualTo(428);
        assertThat(api.delete(path, "If-Match", "\"2\"").status()).isEqualTo(412);
        assertThat(api.delete(path, "If-Match", "\"1\"").status()).isEqualTo(204);
        assertThat(visits.isActive(started.text("/token"))).isFalse();
        assertThat(visits.isActive(other.text("/token"))).isTrue();
        assertThat(api.get(path).text("/code")).isEqualTo("unknown_session");
        assertThat(api.delete(path).status()).isEqualTo(404);
        assertThat(visits.redis.hasKey(site.key(started.text("/id")))).isFalse();
        assertThat(api.get(site.path() + "/count").json().path("count").asLong())
                .isEqualTo(1);
    }

    @Test
    void listsThemPageByPageThoseThatExpireFirstFirst() {
        var site = visits.register();
        var ids = new HashSet<String>();
        for (var one = 5; one > 0; one--) {
            ids.add(visits.start(site, ",\"idle\":\"PT" + one + "M\"").text("/id"));
        }
        // two that expire together
        var twins = ids.stream().limit(2).toList();
        twins.forEach(id -> visits.redis.opsForZSet().add(site.index(0), id, 4e12));

        var seen = new HashSet<String>();
        var query = "?pageSize=2";
        for (var pages = 1; ; pages++) {
            var page = api.get(site.path() + query);
            assertThat(page.status()).as(page.toString()).isEqualTo(200);
            page.json().path("items").forEach(item -> {
                assertThat(item.has("token")).isFalse();
                assertThat(seen.add(item.path("id").asString())).isTrue();
            });
            if (page.text("/nextPageToken").isEmpty()) {
                assertThat(pages).isEqualTo(3);
                break;
            }
            query = "?pageSize=2&pageToken=" + page.text("/nextPageToken");
        }
        assertThat(seen).isEqualTo(ids);
    }

    @Test
    void letsEachCallerDoWhatItsScopesAndItsReachSay() {
        var site = visits.register();
        var started = visits.start(site, "");
        var elsewhere = Api.with(
                context,
                TestKeys.limited(
                        context,
                        Actor.Kind.SERVICE,
                        new Reach(Set.of(new TenantId("nobody")), Map.of(), Set.of(), Set.of())));
        assertThat(elsewhere
                        .post("/sessions/introspect", "{\"token\":\"" + started.text("/token") + "\"}")
                        .response()
                        .body())
                .isEqualTo("{\"active\":false}");
        assertThat(elsewhere.get(site.path() + "/" + started.text("/id")).text("/code"))
                .isEqualTo("unknown_tenant");
        assertThat(elsewhere
                        .post(
                                "/sessions",
                                "{\"secret\":\"" + site.secret() + "\",\"clientAddress\":\"" + client() + "\"}")
                        .text("/code"))
                .isEqualTo("secret_refused");
        var reader = Api.with(context, TestKeys.service(context, "sessions:read"));
        assertThat(reader.post("/sessions", "{}").status()).isEqualTo(403);
        assertThat(reader.get(site.path() + "/count").status()).isEqualTo(200);
        assertThat(reader.delete(site.path() + "/" + started.text("/id"), "If-Match", "*")
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "misy_ses_04wvnQ0pZ5uoNUkxYFT1oG0Az9Zz5q_0123456789abcdefghijklmnopq_000000"})
    void whatIsNoTokenOpensNothing(String text) {
        assertThat(visits.isActive(text)).isFalse();
    }

    @Test
    void asksForAToken() {
        assertThat(api.post("/sessions/introspect", "{}").text("/errors/0/code"))
                .isEqualTo("required");
        assertThat(api.get("/tenants/" + UUID.randomUUID() + "/sessions").status())
                .isEqualTo(404);
    }

    @Test
    void tokensAndSecretsAreInNoLog() {
        var site = visits.register();
        try (var log = LogLines.of("ROOT")) {
            var started = visits.start(site, "");
            var token = started.text("/token");
            visits.introspect(token);
            visits.introspect(token + "x");
            api.post("/sessions", "{\"secret\":\"" + site.secret() + "\",\"clientAddress\":\"nowhere\"}");
            api.post("/sessions/introspect", "{\"token\":\"" + token + "\",\"x\":1}");
            var path = site.path() + "/" + started.text("/id");
            var next =
                    api.patch(path, "{\"subject\":\"s\"}", "If-Match", "\"1\"").text("/token");
            assertThat(log.with(token)).isEmpty();
            assertThat(log.with(next)).isEmpty();
            assertThat(log.with(site.secret())).isEmpty();
        }
    }
}
