package com.misybot.tenancy.security.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Promised;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Audience;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.keyring.Token;
import com.misybot.tenancy.security.access.AccessScope;
import com.misybot.tenancy.security.access.Authority;
import com.misybot.tenancy.security.access.Network;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class ApiKeyApiTests {

    private static final String PATH = "/api/v1/api-keys";

    private final ApplicationContext context;
    private final ApiKeys keys;
    private final RestTestClient http;
    private String operator = "";

    ApiKeyApiTests(ApplicationContext context, ApiKeys keys, @LocalServerPort int port) {
        this.context = context;
        this.keys = keys;
        this.http = RestTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .build();
    }

    private record Answer(int status, HttpHeaders headers, JsonNode body) {

        String text(String field) {
            return body.path(field).asString();
        }
    }

    @BeforeEach
    void logIn() {
        operator = TestKeys.operator(context);
    }

    @Test
    void makesAKeyAndShowsItsTokenOnce() {
        var made = create("""
                {"name":"Anna","kind":"OPERATOR","scopes":["tenants:read","erase"],"networks":["127.0.0.0/8","::1"],
                 "reach":{"tenants":["acme"],"labels":{"tier":"vip"},"plans":["standard"],"regions":["eu"]},
                 "expiresAt":"2099-01-01T00:00:00Z"}""");

        assertThat(made.status).isEqualTo(201);
        assertThat(made.headers.getLocation()).hasPath(PATH + "/" + made.text("keyId"));
        assertThat(made.headers.getETag()).isEqualTo("\"0\"");
        assertThat(made.headers.getCacheControl()).isEqualTo("no-store");
        assertThat(made.text("secret")).startsWith("misy_op_" + made.text("keyId") + "_");
        assertThat(made.text("principal")).isEqualTo(made.text("keyId"));
        assertThat(made.text("status")).isEqualTo("ACTIVE");
        assertThat(made.text("createdBy")).startsWith("operator:");

        var read = get("/" + made.text("keyId"));
        assertThat(read.status).isEqualTo(200);
        assertThat(read.body.has("secret")).isFalse();
        assertThat(read.body.path("scopes").toString()).isEqualTo("[\"tenants:read\",\"erase\"]");
        assertThat(read.body.path("reach").toString())
                .isEqualTo(
                        "{\"tenants\":[\"acme\"],\"labels\":{\"tier\":\"vip\"},\"plans\":[\"standard\"],\"regions\":[\"eu\"]}");
        assertThat(read.body.path("networks").toString()).isEqualTo("[\"127.0.0.0/8\",\"::1/128\"]");
        assertThat(read.text("expiresAt")).isEqualTo("2099-01-01T00:00:00Z");
    }

    @Test
    void doesNotShowTheTokenToWhoRepeatsTheRequest() {
        var body = "{\"name\":\"Once\",\"kind\":\"SERVICE\",\"scopes\":[\"tenants:read\"]}";
        var idempotencyKey = UUID.randomUUID().toString();

        var made = post("", body, "Idempotency-Key", idempotencyKey);
        var again = post("", body, "Idempotency-Key", idempotencyKey);
        var other = post("", body.replace("Once", "Twice"), "Idempotency-Key", idempotencyKey);

        assertThat(made.text("secret")).startsWith("misy_svc_");
        assertThat(again.status).isEqualTo(201);
        assertThat(again.headers.getFirst("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.text("keyId")).isEqualTo(made.text("keyId"));
        assertThat(again.body.path("secret").isNull()).isTrue();
        assertThat(again.body.path("secretWithheld").asBoolean()).isTrue();
        assertThat(other.status).isEqualTo(422);
    }

    @Test
    void aNewKeyOpensWhatItMayAndNothingElse() {
        var reader = create("{\"name\":\"R\",\"kind\":\"OPERATOR\",\"scopes\":[\"apikeys:write\"]}");
        operator = reader.text("secret");

        assertThat(get("").status).isEqualTo(200);
        var wider = create("{\"name\":\"W\",\"kind\":\"OPERATOR\",\"scopes\":[\"apikeys:write\",\"erase\"]}");
        assertThat(wider.status).isEqualTo(403);
        assertThat(wider.text("code")).isEqualTo("beyond_own_access");
        assertThat(wider.body.path("errors").toString()).contains("/scopes").doesNotContain("/reach");
    }

    @Test
    void nobodyGivesAwayTenantsOrNetworksOutOfReach() {
        var acme = new Reach(Set.of(new TenantId("acme")), Map.of(), Set.of(), Set.of());
        operator = TestKeys.issue(
                        context,
                        Actor.Kind.OPERATOR,
                        new Authority(
                                AccessScope.all(), acme, List.of(Network.parse("127.0.0.0/8"), Network.parse("::1"))))
                .secret()
                .value();

        var everywhere = create("{\"name\":\"E\",\"kind\":\"SERVICE\",\"scopes\":[\"tenants:read\"]}");
        assertThat(everywhere.status).isEqualTo(403);
        assertThat(everywhere.body.path("errors").toString()).contains("/reach", "/networks");

        var same = create("""
                {"name":"S","kind":"SERVICE","scopes":["tenants:read"],"reach":{"tenants":["acme"]},
                 "networks":["127.0.0.1"]}""");
        assertThat(same.status).isEqualTo(201);
    }

    @Test
    void aKeyHasAudiencesThatItsMakerMayGiveAway() {
        var made = create("""
                {"name":"G","kind":"OPERATOR","scopes":["apikeys:write"],"audiences":["https://chat.misybot.com","billing"]}""");
        assertThat(made.status).isEqualTo(201);
        assertThat(made.body.path("audiences").toString()).isEqualTo("[\"billing\",\"https://chat.misybot.com\"]");
        assertThat(get("/" + made.text("keyId")).body.path("audiences").size()).isEqualTo(2);
        var next = post("/" + made.text("keyId") + "/rotate", null);
        assertThat(next.body.path("audiences").size()).isEqualTo(2);
        operator = next.text("secret");

        var same = create(
                "{\"name\":\"S\",\"kind\":\"OPERATOR\",\"scopes\":[\"apikeys:write\"],\"audiences\":[\"billing\"]}");
        assertThat(same.status).isEqualTo(201);
        for (var wider : List.of("agents", "*")) {
            var refused = create(
                    "{\"name\":\"W\",\"kind\":\"OPERATOR\",\"scopes\":[\"apikeys:write\"],\"audiences\":[\"%s\"]}"
                            .formatted(wider));
            assertThat(refused.status).as(wider).isEqualTo(403);
            assertThat(refused.body.path("errors").toString()).contains("/audiences");
        }
        operator = same.text("secret");
        assertThat(post("/" + next.text("keyId") + "/rotate", null).status)
                .as("a key with more audiences")
                .isEqualTo(403);
    }

    @Test
    void aKeyHasNoAudienceUnlessItIsGivenOne() {
        var made = create("{\"name\":\"N\",\"kind\":\"SERVICE\",\"scopes\":[\"context:read\"]}");

        assertThat(made.body.path("audiences").toString()).isEqualTo("[]");
        assertThat(accepted(made).mayAddress(new Audience("billing"))).isFalse();
    }

    @Test
    void aCallerMayAddressTheAudiencesOfItsKey() {
        var one = create(
                "{\"name\":\"O\",\"kind\":\"SERVICE\",\"scopes\":[\"context:read\"],\"audiences\":[\"billing\"]}");
        var any = create("{\"name\":\"A\",\"kind\":\"SERVICE\",\"scopes\":[\"context:read\"],\"audiences\":[\"*\"]}");

        assertThat(accepted(one).mayAddress(new Audience("billing"))).isTrue();
        assertThat(accepted(one).mayAddress(new Audience("billing2"))).isFalse();
        assertThat(accepted(any).mayAddress(new Audience("billing2"))).isTrue();
    }

    private Caller accepted(Answer key) {
        return context.getBean(KeyCheck.class)
                .check(Token.parse(key.text("secret")).orElseThrow())
                .orElseThrow()
                .caller();
    }

    @Test
    void aKeyOutOfReachDoesNotExist() {
        var everywhere = create("{\"name\":\"E\",\"kind\":\"SERVICE\",\"scopes\":[\"tenants:read\"]}");
        var acme = new Reach(
                Set.of(new TenantId("only-" + everywhere.text("keyId").toLowerCase(java.util.Locale.ROOT))),
                Map.of(),
                Set.of(),
                Set.of());
        operator = TestKeys.limited(context, Actor.Kind.OPERATOR, acme);

        var path = "/" + everywhere.text("keyId");
        assertThat(get(path).status).isEqualTo(404);
        assertThat(post(path + "/revoke", null).status).isEqualTo(404);
        assertThat(post(path + "/rotate", null).status).isEqualTo(404);
        assertThat(post(path + "/rotate", "{").status)
                .as("whatever else is wrong")
                .isEqualTo(404);
        assertThat(get("").body.path("items").findValuesAsString("keyId")).hasSize(1);
        assertThat(get("/count").body.path("count").asInt()).isEqualTo(1);
    }

    @Test
    void nobodyRotatesAKeyThatIsAllowedMore() {
        var strong = create("{\"name\":\"Strong\",\"kind\":\"OPERATOR\",\"scopes\":[\"erase\"]}");
        operator = TestKeys.operator(context, "apikeys:write");

        assertThat(post("/" + strong.text("keyId") + "/rotate", null).status).isEqualTo(403);
    }

    @Test
    void keysAreForOperatorsOnly() {
        operator = TestKeys.service(context);

        assertThat(get("").status).isEqualTo(403);
        assertThat(get("/unknown").status).as("whether or not it exists").isEqualTo(403);
    }

    @Test
    void rotatesWithAnOverlap() {
        var old = create("{\"name\":\"Old\",\"kind\":\"OPERATOR\",\"scopes\":[\"apikeys:write\"],\"principal\":\""
                + principal() + "\"}");
        var path = "/" + old.text("keyId");

        var next = post(path + "/rotate", "{\"overlap\":\"PT1H\"}");

        assertThat(next.status).isEqualTo(201);
        assertThat(next.text("keyId")).isNotEqualTo(old.text("keyId"));
        assertThat(next.text("principal")).isEqualTo(old.text("principal"));
        assertThat(next.text("replaces")).isEqualTo(old.text("keyId"));
        assertThat(next.body.has("expiresAt")).isFalse();
        var replaced = get(path);
        assertThat(replaced.text("replacedBy")).isEqualTo(next.text("keyId"));
        assertThat(Instant.parse(replaced.text("expiresAt")))
                .isBetween(
                        Instant.now().plus(Duration.ofMinutes(55)),
                        Instant.now().plus(Duration.ofHours(1)));
        assertThat(status(old.text("secret"))).isEqualTo(200);
        assertThat(status(next.text("secret"))).isEqualTo(200);

        var third = post(path + "/rotate", null);
        assertThat(third.status).isEqualTo(409);
        assertThat(third.text("code")).isEqualTo("key_already_rotated");
    }

    @Test
    void rotatesWithoutAnOverlap() {
        var old = create("{\"name\":\"Old\",\"kind\":\"OPERATOR\",\"scopes\":[\"apikeys:write\"]}");

        post("/" + old.text("keyId") + "/rotate", "{\"overlap\":\"PT0S\"}");

        assertThat(status(old.text("secret"))).isEqualTo(401);
        assertThat(get("/" + old.text("keyId")).text("status")).isEqualTo("EXPIRED");
    }

    @Test
    void theSuccessorOfAKeyWithAnEndLivesAsLong() {
        var end = Instant.now().plus(Duration.ofDays(30));
        var old =
                create("{\"name\":\"Old\",\"kind\":\"SERVICE\",\"scopes\":[\"erase\"],\"expiresAt\":\"" + end + "\"}");

        var next = post("/" + old.text("keyId") + "/rotate", null);

        assertThat(Instant.parse(next.text("expiresAt"))).isAfterOrEqualTo(end.minusMillis(1));
    }

    @ParameterizedTest
    @CsvSource({"P8D, 400", "-PT1S, 400", "P7D, 201", "tomorrow, 400"})
    void anOverlapLastsUpToSevenDays(String overlap, int status) {
        var old = create("{\"name\":\"Old\",\"kind\":\"SERVICE\",\"scopes\":[\"erase\"]}");

        var next = post("/" + old.text("keyId") + "/rotate", "{\"overlap\":\"" + overlap + "\"}");

        assertThat(next.status).isEqualTo(status);
    }

    @Test
    void revokesAtOnceAndForGood() {
        var key = create("{\"name\":\"Gone\",\"kind\":\"OPERATOR\",\"scopes\":[\"apikeys:write\"]}");
        var path = "/" + key.text("keyId");

        var revoked = post(path + "/revoke", "{\"reason\":\"left the team\"}");
        var again = post(path + "/revoke", null);

        assertThat(revoked.status).isEqualTo(200);
        assertThat(revoked.text("status")).isEqualTo("REVOKED");
        assertThat(again.text("revokedAt")).isEqualTo(revoked.text("revokedAt"));
        assertThat(status(key.text("secret"))).isEqualTo(401);
        assertThat(post(path + "/rotate", null).text("code")).isEqualTo("key_not_active");
    }

    @Test
    void aRevokedKeyIsRefusedASecondAfterItWasUsed() {
        var key = create("{\"name\":\"Gone\",\"kind\":\"OPERATOR\",\"scopes\":[\"apikeys:write\"]}");
        assertThat(status(key.text("secret"))).isEqualTo(200);

        post("/" + key.text("keyId") + "/revoke", null);

        Promised.within(Duration.ofSeconds(1), () -> status(key.text("secret")) == 401);
    }

    @Test
    void refusesAChangeOfAnotherVersion() {
        var key = create("{\"name\":\"V\",\"kind\":\"SERVICE\",\"scopes\":[\"erase\"]}");
        var path = "/" + key.text("keyId");

        assertThat(post(path + "/revoke", null, "If-Match", "\"7\"").status).isEqualTo(412);
        assertThat(post(path + "/revoke", null, "If-Match", "\"0\"").status).isEqualTo(200);
        assertThat(get(path, "If-None-Match", "\"1\"").status).isEqualTo(304);
    }

    @Test
    void givesNoPrincipalTwice() {
        var principal = principal();
        var body = "{\"name\":\"P\",\"kind\":\"SERVICE\",\"scopes\":[\"erase\"],\"principal\":\"" + principal + "\"}";
        var first = create(body);
        post("/" + first.text("keyId") + "/revoke", null);

        var second = create(body);

        assertThat(second.status).isEqualTo(409);
        assertThat(second.text("code")).isEqualTo("principal_taken");
    }

    @Test
    void listsTheLatestFirstPageByPage() {
        var made = new ArrayList<String>();
        var principal = principal();
        var first = create(
                "{\"name\":\"L\",\"kind\":\"SERVICE\",\"scopes\":[\"erase\"],\"principal\":\"" + principal + "\"}");
        made.add(first.text("keyId"));
        for (var i = 0; i < 4; i++) {
            made.add(post("/" + made.getLast() + "/rotate", null).text("keyId"));
        }

        var found = new ArrayList<String>();
        var query = "?pageSize=2&principal=" + principal;
        var page = get(query);
        while (page.body.has("nextPageToken")) {
            found.addAll(page.body.path("items").findValuesAsString("keyId"));
            page = get(query + "&pageToken=" + page.text("nextPageToken"));
        }
        found.addAll(page.body.path("items").findValuesAsString("keyId"));

        assertThat(found).isEqualTo(made.reversed());
        assertThat(get("/count?principal=" + principal).body.path("count").asInt())
                .isEqualTo(5);
        assertThat(get("/count?kind=OPERATOR&principal=" + principal)
                        .body
                        .path("count")
                        .asInt())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 400",
                "{\"name\":\"\",\"kind\":\"SERVICE\",\"scopes\":[\"erase\"]} | 400",
                "{\"name\":\"x\",\"kind\":\"TENANT\",\"scopes\":[\"erase\"]} | 400",
                "{\"name\":\"x\",\"kind\":\"SERVICE\",\"scopes\":[]} | 400",
                "{\"name\":\"x\",\"kind\":\"SERVICE\",\"scopes\":[null]} | 400",
                "{\"name\":\"x\",\"kind\":\"SERVICE\",\"scopes\":[\"tenants:all\"]} | 400",
                "{\"name\":\"x\",\"kind\":\"SERVICE\",\"scopes\":[\"erase\"],\"networks\":[\"10.0.0.1/8\"]} | 400",
                "{\"name\":\"x\",\"kind\":\"SERVICE\",\"scopes\":[\"erase\"],\"networks\":[null]} | 400",
                "{\"name\":\"x\",\"kind\":\"SERVICE\",\"scopes\":[\"erase\"],\"audiences\":[null]} | 400",
                "{\"name\":\"x\",\"kind\":\"SERVICE\",\"scopes\":[\"erase\"],\"audiences\":[\"\"]} | 400",
                "{\"name\":\"x\",\"kind\":\"SERVICE\",\"scopes\":[\"erase\"],\"audiences\":[\"a b\"]} | 400",
                "{\"name\":\"x\",\"kind\":\"SERVICE\",\"scopes\":[\"erase\"],\"audiences\":[\"a\\u00e9\"]} | 400",
                "{\"name\":\"x\",\"kind\":\"SERVICE\",\"scopes\":[\"erase\"],\"reach\":{\"tenants\":[\"No Slug\"]}} | 400",
                "{\"name\":\"x\",\"kind\":\"SERVICE\",\"scopes\":[\"erase\"],\"reach\":{\"tenants\":[null]}} | 400",
                "{\"name\":\"x\",\"kind\":\"SERVICE\",\"scopes\":[\"erase\"],\"reach\":{\"labels\":{\"a\":null}}} | 400",
                "{\"name\":\"x\",\"kind\":\"SERVICE\",\"scopes\":[\"erase\"],\"expiresAt\":\"2020-01-01T00:00:00Z\"} | 400",
                "{\"name\":\"x\",\"kind\":\"SERVICE\",\"scopes\":[\"erase\"],\"expiresAt\":\"+1000000000-01-01T00:00:00Z\"} | 400",
                "{\"name\":\"x\",\"kind\":\"SERVICE\",\"scopes\":[\"erase\"],\"principal\":\"jwt:x\"} | 400",
                "{\"name\":\"x\",\"kind\":\"SERVICE\",\"scopes\":[\"erase\"],\"more\":1} | 400",
                "{\"name\":\"x\",\"name\":\"y\",\"kind\":\"SERVICE\",\"scopes\":[\"erase\"]} | 400",
                "not json | 400"
            })
    void refusesBadInput(String body, int status) {
        assertThat(create(body).status).isEqualTo(status);
    }

    @Test
    void twoInstancesThatRotateAtOnceMakeOneSuccessor() throws InterruptedException {
        var old = create("{\"name\":\"Old\",\"kind\":\"SERVICE\",\"scopes\":[\"erase\"]}");
        var answers = java.util.Collections.synchronizedList(new ArrayList<Integer>());

        var threads = java.util.stream.IntStream.range(0, 4)
                .mapToObj(_ -> Thread.ofVirtual()
                        .start(() -> answers.add(post("/" + old.text("keyId") + "/rotate", null).status)))
                .toList();
        for (var thread : threads) {
            thread.join();
        }

        assertThat(answers).containsExactlyInAnyOrder(201, 409, 409, 409);
        assertThat(keys.read(old.text("keyId"), Reach.all()).replacedBy()).isNotNull();
    }

    private static String principal() {
        return "p-" + UUID.randomUUID();
    }

    private int status(String token) {
        return http.get()
                .uri(PATH)
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + token)
                .exchange()
                .returnResult(String.class)
                .getStatus()
                .value();
    }

    private Answer create(String body) {
        return post("", body);
    }

    private Answer post(String path, @org.jspecify.annotations.Nullable String body, String... headers) {
        var request = http.post().uri(PATH + path).header(HttpHeaders.AUTHORIZATION, "Bearer " + operator);
        for (var i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return answer(
                body == null
                        ? request.exchange()
                        : request.contentType(MediaType.APPLICATION_JSON)
                                .body(body)
                                .exchange());
    }

    private Answer get(String path, String... headers) {
        var request = http.get().uri(PATH + path).header(HttpHeaders.AUTHORIZATION, "Bearer " + operator);
        for (var i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return answer(request.exchange());
    }

    private static Answer answer(RestTestClient.ResponseSpec response) {
        var result = response.returnResult(String.class);
        var body = result.getResponseBody();
        return new Answer(
                result.getStatus().value(),
                result.getResponseHeaders(),
                JsonMapper.shared().readTree(body == null || body.isEmpty() ? "{}" : body));
    }
}
