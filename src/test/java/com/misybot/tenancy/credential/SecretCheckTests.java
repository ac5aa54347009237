package com.misybot.tenancy.credential;

import static com.misybot.tenancy.Api.freeSlug;
import static com.misybot.tenancy.Api.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.keyring.TenantKeyId;
import com.misybot.tenancy.keyring.Token;
import com.misybot.tenancy.security.apikey.TestKeys;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class SecretCheckTests {

    private static final String NOT_VALID = "{\"valid\":false}";

    private final ApplicationContext context;
    private final Api api;
    private final SecretLookup lookup;
    private final SecretUse uses;
    private final TenantSecrets secrets;
    private final SecureRandom random;
    private final AtomicLong ticks = new AtomicLong();

    SecretCheckTests(
            ApplicationContext context,
            SecretLookup lookup,
            SecretUse uses,
            TenantSecrets secrets,
            SecureRandom random) {
        this.context = context;
        this.api = Api.operator(context);
        this.lookup = lookup;
        this.uses = uses;
        this.secrets = secrets;
        this.random = random;
    }

    @Test
    void tellsWhoseSecretItIs() {
        var slug = freeSlug();
        var created = api.post("/tenants", tenant(slug));

        var answer = verify(created.text("/secret"));

        assertThat(answer.response().body())
                .isEqualTo("{\"valid\":true,\"tenantId\":\"%s\",\"secretId\":\"%s\"}"
                        .formatted(
                                slug, api.get("/tenants/" + slug + "/secrets").text("/items/0/secretId")));
    }

    @Test
    void answersWhateverIsRefusedAlike() {
        var slug = freeSlug();
        var created = api.post("/tenants", tenant(slug));
        var good = Token.parse(created.text("/secret")).orElseThrow();
        var id = UUID.fromString(created.text("/id"));
        var suspended = newTenant();
        move(suspended, "suspend");
        var deactivated = newTenant();
        move(deactivated, "deactivate");
        var deleted = newTenant();
        api.delete("/tenants/" + deleted, "If-Match", "*", "X-Reason", "over");
        var refused = new ArrayList<>(List.of(
                // wrong, unknown to the tenant, of no tenant, of no tenant there can be
                token(good.keyId()),
                token(TenantKeyId.issue(id, random).text()),
                token(TenantKeyId.issue(UUID.randomUUID(), random).text()),
                token(TenantKeyId.issue(Scope.NIL, random).text()),
                token("z".repeat(30)),
                good.secret().value().replaceFirst(".$", "!"),
                good.secret().value() + " ",
                Token.issue(Token.Kind.SESSION, good.keyId(), random).secret().value(),
                TestKeys.operator(context),
                "",
                "x".repeat(10_000)));
        refused.addAll(List.of(secretOf(suspended), secretOf(deactivated), secretOf(deleted), expired(), revoked()));

        for (var secret : refused) {
            var answer = verify(secret);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.response().body()).as(secret).isEqualTo(NOT_VALID);
        }
        assertThat(verify(good.secret().value()).response().body()).contains("\"valid\":true");
        assertThat(api.post("/secrets/verify", "{}").status()).isEqualTo(400);
        assertThat(api.post("/secrets/verify", "{\"secret\":7}").status()).isEqualTo(400);
    }

    @Test
    void looksForAnUnknownSecretAsForAKnownOne() {
        var known = token(TenantKeyId.parse(
                        Token.parse(secretOf(newTenant())).orElseThrow().keyId())
                .orElseThrow()
                .text());
        var unknown = token(TenantKeyId.issue(UUID.randomUUID(), random).text());

        for (var secret : List.of(known, unknown)) {
            var token = Token.parse(secret).orElseThrow();
            assertThat(lookup.look(token, TenantKeyId.parse(token.keyId()).orElseThrow())
                            .value())
                    .isNull();
        }
    }

    @Test
    void tellsNothingOfTenantsOutOfReach() {
        var slug = freeSlug();
        var created = api.post("/tenants", tenant(slug).replaceFirst("\\{", "{\"labels\":{\"tier\":\"gold\"},"));
        var secret = "{\"secret\":\"" + created.text("/secret") + "\"}";
        var gold = limitedTo("gold");
        var silver = limitedTo("silver");

        assertThat(gold.post("/secrets/verify", secret).text("/tenantId")).isEqualTo(slug);
        assertThat(silver.post("/secrets/verify", secret).response().body()).isEqualTo(NOT_VALID);
    }

    private Api limitedTo(String tier) {
        var reach = new Reach(Set.of(), Map.of("tier", tier), Set.of(), Set.of());
        return Api.with(context, TestKeys.limited(context, Actor.Kind.SERVICE, reach, "secrets:verify"));
    }

    @Test
    void takesAScopeOfItsOwn() {
        var reader = Api.with(context, TestKeys.service(context, "tenants:read", "secrets:write"));

        assertThat(reader.post("/secrets/verify", "{\"secret\":\"\"}").status()).isEqualTo(403);
    }

    @Test
    void believesWhatItFoundForASecondAndNoLonger() {
        var slug = newTenant();
        var secret = secretOf(slug);
        var check = new SecretCheck(lookup, ticks::get);
        assertThat(check.check(secret)).isPresent();
        move(slug, "suspend");

        ticks.addAndGet(Duration.ofMillis(999).toNanos());
        assertThat(check.check(secret)).as("remembered").isPresent();
        ticks.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(check.check(secret)).as("a second later").isEmpty();

        move(slug, "resume");
        assertThat(check.check(secret)).as("refusals are remembered too").isEmpty();
        ticks.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(check.check(secret)).isPresent();
    }

    @Test
    void forgetsAtOnceWhatItIsToldOf() {
        var slug = newTenant();
        var secret = secretOf(slug);
        var check = new SecretCheck(lookup, ticks::get);
        assertThat(check.check(secret)).isPresent();
        move(slug, "suspend");
        check.forget(idOf(slug));
        ticks.incrementAndGet();
        assertThat(check.check(secret)).isEmpty();

        move(slug, "resume");
        assertThat(check.check(secret)).as("it has not been told yet").isEmpty();
        check.forget(idOf(slug));
        assertThat(check.check(secret)).isPresent();
    }

    @Test
    void forgetsASecretTheMomentItEnds() {
        var slug = newTenant();
        var id = secrets.rotate(
                idOf(slug),
                new Rotation(Duration.ZERO, Instant.now().plusMillis(600)),
                com.misybot.tenancy.kernel.Cause.of(Actor.system("test")));
        var check = new SecretCheck(lookup, ticks::get);
        assertThat(check.check(id.token().value())).isPresent();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> verify(id.token().value()).response().body().equals(NOT_VALID));

        ticks.addAndGet(Duration.ofMillis(601).toNanos());
        assertThat(check.check(id.token().value())).isEmpty();
    }

    @Test
    void aSuspensionIsFeltAtOnceAndAResumptionToo() {
        var slug = newTenant();
        var secret = secretOf(slug);
        assertThat(valid(secret)).isTrue();

        move(slug, "suspend");
        assertThat(valid(secret)).isFalse();
        move(slug, "resume");
        assertThat(valid(secret)).isTrue();
    }

    @Test
    void writesTheMinuteOfTheLastUseAlsoOfTheOldSecret() {
        var slug = newTenant();
        var old = secretOf(slug);
        var path = "/tenants/" + slug + "/secrets";
        var next = api.post(path, "{}").text("/secret");
        assertThat(api.get(path).json().at("/items/0").has("lastUsedAt")).isFalse();

        assertThat(valid(next)).isTrue();
        assertThat(valid(old)).isTrue();
        uses.write();

        for (var secret : api.get(path).json().at("/items")) {
            var minute = Instant.parse(secret.at("/lastUsedAt").asString());
            assertThat(minute.getEpochSecond() % 60).isZero();
            assertThat(Duration.between(minute, Instant.now())).isLessThan(Duration.ofMinutes(2));
        }
    }

    @Test
    void aTenantSeesNoSecretsButItsOwn() {
        var one = newTenant();
        newTenant();

        var seen = context.getBean(ScopedTransactions.class)
                .read(
                        Scope.tenant(idOf(one)),
                        () -> context.getBean(JdbcClient.class)
                                .sql("select distinct tenant from tenant_secret")
                                .query(UUID.class)
                                .list());

        assertThat(seen).containsExactly(idOf(one));
    }

    private final Map<String, Api.Answer> created = new java.util.HashMap<>();

    private String newTenant() {
        var slug = freeSlug();
        created.put(slug, api.post("/tenants", tenant(slug)));
        return slug;
    }

    private String secretOf(String slug) {
        return Objects.requireNonNull(created.get(slug)).text("/secret");
    }

    private UUID idOf(String slug) {
        return UUID.fromString(Objects.requireNonNull(created.get(slug)).text("/id"));
    }

    private String expired() {
        var slug = newTenant();
        api.post("/tenants/" + slug + "/secrets", "{\"overlap\":\"PT0S\"}");
        return secretOf(slug);
    }

    private String revoked() {
        var slug = newTenant();
        api.post("/tenants/" + slug + "/secrets/revoke-all", "{\"reason\":\"leaked\"}");
        return secretOf(slug);
    }

    private void move(String slug, String move) {
        assertThat(api.post("/tenants/" + slug + "/" + move, "{\"reason\":\"because\"}")
                        .status())
                .isEqualTo(200);
    }

    private String token(String keyId) {
        return Token.issue(Token.Kind.TENANT, keyId, random).secret().value();
    }

    private boolean valid(String secret) {
        return verify(secret).json().at("/valid").asBoolean();
    }

    private Api.Answer verify(String secret) {
        return api.post("/secrets/verify", "{\"secret\":\"" + secret + "\"}");
    }
}
