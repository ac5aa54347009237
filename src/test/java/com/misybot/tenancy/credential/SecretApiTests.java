package com.misybot.tenancy.credential;

import static com.misybot.tenancy.Api.freeSlug;
import static com.misybot.tenancy.Api.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.keyring.Token;
import com.misybot.tenancy.security.apikey.TestKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class SecretApiTests {

    private static final String LEAKED = "{\"reason\":\"leaked\"}";

    private final ConfigurableApplicationContext context;
    private final Api api;

    SecretApiTests(ApplicationContext context) {
        this.context = (ConfigurableApplicationContext) context;
        this.api = Api.operator(context);
    }

    @Test
    void issuesASecretWithATenantAndShowsItOnce() {
        var slug = freeSlug();

        var created = api.post("/tenants", tenant(slug));

        var secret = created.text("/secret");
        assertThat(created.status()).isEqualTo(201);
        assertThat(Token.parse(secret)).hasValueSatisfying(token -> {
            assertThat(token.kind()).isEqualTo(Token.Kind.TENANT);
            assertThat(created.text("/id")).isNotEmpty();
        });
        assertThat(api.get("/tenants/" + slug).json().has("secret")).isFalse();
        var listed = api.get(secrets(slug));
        assertThat(listed.json().at("/items")).hasSize(1);
        assertThat(secret).startsWith(listed.text("/items/0/prefix") + "_");
        assertThat(listed.toString()).doesNotContain(secret).doesNotContain("hash");
        assertThat(valid(secret)).isTrue();
    }

    @Test
    void issuesNoSecretWhereNoneIsWanted() {
        var slug = freeSlug();

        var created = api.post("/tenants", tenant(slug).replaceFirst("\\{", "{\"issueSecret\":false,"));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().has("secret")).isFalse();
        assertThat(api.get(secrets(slug)).json().at("/items")).isEmpty();
    }

    @Test
    void aRepeatedRegistrationShowsNoSecret() {
        var slug = freeSlug();
        var first = api.post("/tenants", tenant(slug), "Idempotency-Key", slug, "Prefer", "respond-async");
        var again = api.post("/tenants", tenant(slug), "Idempotency-Key", slug, "Prefer", "respond-async");

        assertThat(first.status()).isEqualTo(202);
        assertThat(first.text("/secret")).startsWith("misy_ten_");
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.json().at("/secret").isNull()).isTrue();
        assertThat(again.json().at("/secretWithheld").asBoolean()).isTrue();
        assertThat(api.get(secrets(slug)).json().at("/items")).hasSize(1);
    }

    @Test
    void rotatesWithAnOverlap() {
        var slug = freeSlug();
        var old = api.post("/tenants", tenant(slug)).text("/secret");
        var before = Instant.now();

        var rotated = rotate(slug, "{\"overlap\":\"PT2H\",\"reason\":\"quarterly\",\"ticket\":\"OPS-1\"}");

        assertThat(rotated.status()).isEqualTo(201);
        assertThat(valid(rotated.text("/secret"))).isTrue();
        assertThat(valid(old)).isTrue();
        assertThat(rotated.header("Location")).isEqualTo("/api/v1" + secrets(slug) + "/" + rotated.text("/secretId"));
        var read = api.get(secrets(slug) + "/" + rotated.text("/secretId"));
        assertThat(read.header("ETag")).isEqualTo(rotated.header("ETag"));
        assertThat(read.json().has("secret")).isFalse();
        var listed = api.get(secrets(slug)).json();
        assertThat(listed.at("/items/0/secretId").asString()).isEqualTo(rotated.text("/secretId"));
        assertThat(listed.at("/items/0").has("expiresAt")).isFalse();
        assertThat(listed.at("/items/1/replacedBy").asString()).isEqualTo(rotated.text("/secretId"));
        assertThat(Instant.parse(listed.at("/items/1/expiresAt").asString()))
                .isBetween(
                        before.plus(Duration.ofHours(2)).minusSeconds(5),
                        Instant.now().plus(Duration.ofHours(2)).plusSeconds(5));
    }

    @ParameterizedTest
    @CsvSource({
        "'{}', 3600",
        "'{\"reason\":\"Leaked paper\"}', 3600",
        "'{\"overlap\":\"P7D\"}', 604800",
        "'{\"reason\":\"leaked\",\"overlap\":\"PT1M\"}', 60"
    })
    void leavesTheOverlapThatIsAskedForOrAnHour(String body, long seconds) {
        var slug = freeSlug();
        api.post("/tenants", tenant(slug));

        var rotated = rotate(slug, body);

        var old = api.get(secrets(slug) + "/" + rotated.text("/replaces"));
        var overlap =
                Duration.between(Instant.parse(rotated.text("/createdAt")), Instant.parse(old.text("/expiresAt")));
        assertThat(overlap).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {LEAKED, "{\"reason\":\"Leaked\"}", "{\"reason\":\"LEAKED \"}", "{\"overlap\":\"PT0S\"}"})
    void endsTheOldSecretAtOnce(String body) {
        var slug = freeSlug();
        var old = api.post("/tenants", tenant(slug)).text("/secret");

        var rotated = rotate(slug, body);

        assertThat(valid(old)).isFalse();
        assertThat(valid(rotated.text("/secret"))).isTrue();
        assertThat(api.get(secrets(slug)).text("/items/1/status")).isEqualTo("EXPIRED");
    }

    @Test
    void dropsTheOldestWhenRotatedDuringAnOverlap() {
        var slug = freeSlug();
        var first = api.post("/tenants", tenant(slug)).text("/secret");
        var second = rotate(slug, "{}").text("/secret");
        var third = rotate(slug, "{}").text("/secret");

        assertThat(valid(first)).isFalse();
        assertThat(valid(second)).isTrue();
        assertThat(valid(third)).isTrue();
        assertThat(api.get(secrets(slug)).text("/items/2/status")).isEqualTo("REVOKED");
    }

    @Test
    void aRepeatedRotationRotatesOnceAndShowsNoSecret() {
        var slug = freeSlug();
        api.post("/tenants", tenant(slug));
        var first = api.post(secrets(slug), "{}", "Idempotency-Key", "k1");
        var again = api.post(secrets(slug), "{}", "Idempotency-Key", "k1");

        assertThat(again.text("/secretId")).isEqualTo(first.text("/secretId"));
        assertThat(again.json().at("/secret").isNull()).isTrue();
        assertThat(again.json().at("/secretWithheld").asBoolean()).isTrue();
        assertThat(api.get(secrets(slug)).json().at("/items")).hasSize(2);
    }

    @Test
    void givesANewSecretAnEnd() {
        var slug = freeSlug();
        api.post("/tenants", tenant(slug));
        var end = Instant.now().plus(Duration.ofDays(90)).truncatedTo(ChronoUnit.MICROS);

        var rotated = rotate(slug, "{\"expiresAt\":\"" + end + "\"}");

        assertThat(rotated.text("/expiresAt")).isEqualTo(end.toString());
        assertThat(verify(rotated.text("/secret")).text("/expiresAt")).isEqualTo(end.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"overlap\":\"P8D\"}', /overlap",
        "'{\"overlap\":\"-PT1S\"}', /overlap",
        "'{\"expiresAt\":\"2020-01-01T00:00:00Z\"}', /expiresAt",
        "'{\"reason\":\" \"}', /reason"
    })
    void refusesWhatIsOutOfRange(String body, String pointer) {
        var slug = freeSlug();
        api.post("/tenants", tenant(slug));

        var refused = rotate(slug, body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/errors/0/pointer")).isEqualTo(pointer);
        assertThat(api.get(secrets(slug)).json().at("/items")).hasSize(1);
    }

    @Test
    void refusesUnknownFields() {
        var slug = freeSlug();
        api.post("/tenants", tenant(slug));

        assertThat(rotate(slug, "{\"overlapp\":\"PT1H\"}").text("/code")).isEqualTo("unknown_field");
    }

    @Test
    void revokesOneSecret() {
        var slug = freeSlug();
        var secret = api.post("/tenants", tenant(slug)).text("/secret");
        var path = secrets(slug) + "/" + api.get(secrets(slug)).text("/items/0/secretId");

        assertThat(api.delete(path).status()).isEqualTo(428);
        assertThat(api.delete(path, "If-Match", "\"77\"").status()).isEqualTo(412);
        var revoked = api.delete(path, "If-Match", api.get(path).header("ETag"), "X-Reason", "gone");

        assertThat(revoked.status()).isEqualTo(200);
        assertThat(revoked.text("/status")).isEqualTo("REVOKED");
        assertThat(valid(secret)).isFalse();
        var again = api.delete(path, "If-Match", "*");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("/revokedAt")).isEqualTo(revoked.text("/revokedAt"));
    }

    @Test
    void revokesAllSecretsForAReason() {
        var slug = freeSlug();
        var first = api.post("/tenants", tenant(slug)).text("/secret");
        var second = rotate(slug, "{}").text("/secret");

        assertThat(api.post(secrets(slug) + "/revoke-all", "{}").text("/code")).isEqualTo("reason_required");
        var all = api.post(secrets(slug) + "/revoke-all", LEAKED);

        assertThat(all.status()).isEqualTo(200);
        assertThat(all.json().at("/revoked").asInt()).isEqualTo(2);
        assertThat(valid(first)).isFalse();
        assertThat(valid(second)).isFalse();
        assertThat(rotate(slug, "{}").status()).isEqualTo(201);
    }

    @Test
    void changesSecretsOnTheVersionOfTheTenantThatIsNamed() {
        var slug = freeSlug();
        api.post("/tenants", tenant(slug));
        var path = "/tenants/" + slug + "/secrets";
        var body = "{\"reason\":\"r\"}";
        for (var route : List.of(path, path + "/revoke-all")) {
            var stale = api.post(route, body, "If-Match", "\"7\"");
            assertThat(stale.status()).as(stale.toString()).isEqualTo(412);
            assertThat(stale.header("ETag")).isEqualTo("\"2\"");
            assertThat(api.post(route, body, "If-Match", "W/\"1\"").status()).isEqualTo(400);
            assertThat(api.get(path).json().path("items").size()).isEqualTo(route.equals(path) ? 1 : 3);
            assertThat(api.post(route, body, "If-Match", "\"2\"").status()).isIn(200, 201);
            assertThat(api.post(route, body, "If-Match", "*").status()).isIn(200, 201);
        }
    }

    @Test
    void pagesTheList() {
        var slug = freeSlug();
        api.post("/tenants", tenant(slug));
        rotate(slug, "{}");
        rotate(slug, "{}");

        var first = api.get(secrets(slug) + "?pageSize=2");
        var second = api.get(secrets(slug) + "?pageSize=2&pageToken=" + first.text("/nextPageToken"));

        assertThat(first.json().at("/items")).hasSize(2);
        assertThat(second.json().at("/items")).hasSize(1);
        assertThat(second.json().has("nextPageToken")).isFalse();
    }

    @Test
    void aChangeOfTheTenantLeavesItsSecretsAlone() {
        var slug = freeSlug();
        var created = api.post("/tenants", tenant(slug));
        var before = api.get(secrets(slug)).toString();

        assertThat(api.patch("/tenants/" + slug, "{\"labels\":{\"tier\":\"gold\"}}", "If-Match", "*")
                        .status())
                .isEqualTo(200);
        assertThat(api.put("/tenants/" + slug, "{\"business\":{\"name\":\"Other\"}}", "If-Match", "*")
                        .status())
                .isEqualTo(200);

        assertThat(api.get(secrets(slug)).toString()).isEqualTo(before);
        assertThat(valid(created.text("/secret"))).isTrue();
    }

    @Test
    void changingSecretsLeavesTheTenantAlone() {
        var slug = freeSlug();
        api.post("/tenants", tenant(slug));
        var before = api.get("/tenants/" + slug);

        rotate(slug, "{}");
        api.post(secrets(slug) + "/revoke-all", LEAKED);

        assertThat(api.get("/tenants/" + slug).header("ETag")).isEqualTo(before.header("ETag"));
    }

    @Test
    void refusesInTheOrderOfTheContract() {
        var slug = freeSlug();
        api.post("/tenants", tenant(slug));
        var reader = Api.with(context, TestKeys.operator(context, "tenants:read"));
        var writer = Api.with(context, TestKeys.operator(context, "secrets:write"));
        var elsewhere = Api.with(
                context,
                TestKeys.limited(
                        context,
                        Actor.Kind.OPERATOR,
                        new Reach(Set.of(new TenantId("somebody-else")), Map.of(), Set.of(), Set.of())));

        assertThat(reader.get(secrets(slug)).status()).isEqualTo(403);
        assertThat(reader.post(secrets(slug), "{").status()).isEqualTo(403);
        assertThat(writer.get(secrets("no-such-tenant")).status()).isEqualTo(404);
        assertThat(writer.post(secrets("no-such-tenant"), "{").status()).isEqualTo(404);
        assertThat(writer.delete(secrets(slug) + "/00000000").status()).isEqualTo(404);
        assertThat(writer.get(secrets(slug) + "/no-such-form").status()).isEqualTo(404);
        assertThat(elsewhere.get(secrets(slug)).status()).isEqualTo(404);
        assertThat(elsewhere.post(secrets(slug), "{}").status()).isEqualTo(404);
        assertThat(writer.get(secrets(slug)).status()).isEqualTo(200);
    }

    @Test
    void tellsOfEachChangeOnce() {
        var changes = new ArrayList<Change>();
        ApplicationListener<PayloadApplicationEvent<Change>> listener = event -> {
            if ((Object) event.getPayload() instanceof Change) {
                changes.add(event.getPayload());
            }
        };
        context.addApplicationListener(listener);
        try {
            var slug = freeSlug();
            var id = UUID.fromString(api.post("/tenants", tenant(slug)).text("/id"));
            var rotated = rotate(slug, "{\"reason\":\"quarterly\"}");
            api.delete(secrets(slug) + "/" + rotated.text("/replaces"), "If-Match", "*");
            api.post(secrets(slug) + "/revoke-all", LEAKED);

            assertThat(changes)
                    .filteredOn(change -> change.tenant().equals(id))
                    .extracting(Change::type)
                    .containsExactly(
                            "tenant.created",
                            "tenant.provisioned",
                            "secret.rotated",
                            "secret.revoked",
                            "secret.all_revoked");
            assertThat(changes.toString()).doesNotContain(rotated.text("/secret"));
        } finally {
            context.removeApplicationListener(listener);
        }
    }

    @Test
    void keepsAHashAndNothingElseOfASecret() {
        var slug = freeSlug();
        var created = api.post("/tenants", tenant(slug), "Idempotency-Key", slug);
        var random = created.text("/secret").split("_", -1)[3];
        var id = UUID.fromString(created.text("/id"));
        var transactions = context.getBean(ScopedTransactions.class);
        var jdbc = context.getBean(JdbcClient.class);

        var rows = transactions.read(
                Scope.tenant(id),
                () -> jdbc.sql("select to_jsonb(s)::text from tenant_secret s")
                        .query(String.class)
                        .list());
        var answers = transactions.read(
                Scope.platform(),
                () -> jdbc.sql("select convert_from(body, 'UTF8') from idempotency_record")
                        .query(String.class)
                        .list());

        assertThat(rows).hasSize(1).noneMatch(row -> row.contains(random));
        assertThat(answers).isNotEmpty().noneMatch(answer -> answer.contains(random));
    }

    private Api.Answer rotate(String slug, String body) {
        return api.post(secrets(slug), body);
    }

    private boolean valid(String secret) {
        return verify(secret).json().at("/valid").asBoolean();
    }

    private Api.Answer verify(String secret) {
        return api.post("/secrets/verify", "{\"secret\":\"" + secret + "\"}");
    }

    private static String secrets(String slug) {
        return "/tenants/" + slug + "/secrets";
    }
}
