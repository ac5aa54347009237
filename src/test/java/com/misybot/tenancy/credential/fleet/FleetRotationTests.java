package com.misybot.tenancy.credential.fleet;

import static com.misybot.tenancy.Api.freeSlug;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.ExpiredResults;
import com.misybot.tenancy.operation.OperationRun;
import com.misybot.tenancy.operation.Progress;
import com.misybot.tenancy.operation.Step;
import com.misybot.tenancy.operation.job.JobId;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.security.apikey.TestKeys;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class FleetRotationTests {

    private final ApplicationContext context;
    private final Api api;
    private final FleetRotation fleet;
    private final ExpiredResults expired;
    private final ScopedTransactions transactions;
    private final JdbcClient jdbc;
    private final ECKey key;

    FleetRotationTests(
            ApplicationContext context,
            FleetRotation fleet,
            ExpiredResults expired,
            ScopedTransactions transactions,
            JdbcClient jdbc)
            throws Exception {
        this.context = context;
        this.api = Api.operator(context);
        this.fleet = fleet;
        this.expired = expired;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.key = new ECKeyGenerator(Curve.P_256).keyID("ops").generate();
    }

    @Test
    void rotatesWhoMeetsTheFilterAndLeavesEachSecretToItsRecipientAlone() throws Exception {
        var label = freeSlug();
        var tenants = tenants(label, 3);
        tenants(freeSlug(), 1);

        var started = start("{\"labels\":{\"fleet\":\"" + label + "\"}}", api);

        assertThat(started.status()).as(started.toString()).isEqualTo(202);
        var operation = ended(started);
        assertThat(operation.text("/status")).isEqualTo("SUCCEEDED");
        assertThat(operation.json().at("/progress/done").asInt()).isEqualTo(3);
        assertThat(operation.json().at("/progress/total").asInt()).isEqualTo(3);
        assertThat(operation.text("/result/rotated")).isEqualTo("3");
        var results = results(started, "");
        assertThat(results.json()
                        .at("/items")
                        .valueStream()
                        .map(item -> item.at("/tenantId").asString()))
                .containsExactlyInAnyOrderElementsOf(tenants);
        for (var item : results.json().at("/items")) {
            var jwe = JWEObject.parse(item.at("/jwe").asString());
            assertThat(jwe.getHeader().getAlgorithm()).isEqualTo(JWEAlgorithm.ECDH_ES_A256KW);
            assertThat(jwe.getHeader().getKeyID()).isEqualTo("ops");
            jwe.decrypt(new ECDHDecrypter(key));
            var content = jwe.getPayload().toJSONObject();
            assertThat(content)
                    .containsEntry("tenantId", item.at("/tenantId").asString())
                    .containsEntry("secretId", item.at("/secretId").asString());
            var verified = api.post("/secrets/verify", "{\"secret\":\"" + content.get("secret") + "\"}");
            assertThat(verified.text("/tenantId")).isEqualTo(content.get("tenantId"));
            assertThat(stored())
                    .doesNotContain(Objects.toString(content.get("secret")).split("_", -1)[3]);
        }
    }

    @Test
    void reachesNobodyBeyondItsCaller() {
        var label = freeSlug();
        var tenants = tenants(label, 2);
        var limited = Api.with(
                context,
                TestKeys.limited(
                        context,
                        Actor.Kind.OPERATOR,
                        new Reach(
                                Set.of(new com.misybot.tenancy.kernel.TenantId(tenants.getFirst())),
                                Map.of(),
                                Set.of(),
                                Set.of())));

        var started =
                start("{\"tenantIds\":[\"%s\",\"%s\"]}".formatted(tenants.getFirst(), tenants.getLast()), limited);

        var operation = ended(started);
        assertThat(operation.text("/result/rotated")).isEqualTo("1");
        assertThat(operation.text("/result/missing/0/tenantId")).isEqualTo(tenants.getLast());
        assertThat(results(started, "").text("/items/0/tenantId")).isEqualTo(tenants.getFirst());
        assertThat(secretsOf(tenants.getLast())).isEqualTo(1);
    }

    @Test
    void tellsWhoWasNamedAndIsNotThere() {
        var tenant = tenants(freeSlug(), 1).getFirst();
        var nobody = freeSlug();

        var started = start("{\"tenantIds\":[\"%s\",\"%s\"]}".formatted(tenant, nobody), api);

        var result = ended(started).json().at("/result");
        assertThat(result.at("/rotated").asInt()).isEqualTo(1);
        assertThat(result.at("/failed").asInt()).isEqualTo(1);
        assertThat(result.at("/missing").toString())
                .isEqualTo("[{\"tenantId\":\"" + nobody + "\",\"code\":\"unknown_tenant\"}]");
    }

    @Test
    void answersWhenItHasEndedToWhoPrefersToWait() {
        var label = freeSlug();
        tenants(label, 3);
        var body = "{\"filter\":{\"labels\":{\"fleet\":\"%s\"}},\"recipient\":%s}"
                .formatted(label, key.toPublicJWK().toJSONString());
        var started = api.post("/secrets/rotations", body, "Prefer", "wait=60");
        assertThat(started.status()).as(started.toString()).isEqualTo(202);
        assertThat(started.header("Preference-Applied")).isEqualTo("wait=60");
        assertThat(api.get("/operations/" + started.text("/operationId")).text("/status"))
                .isEqualTo("SUCCEEDED");
    }

    @Test
    void aRunThatIsRepeatedRotatesNobodyTwice() {
        var label = freeSlug();
        var tenants = tenants(label, 2);
        var started = start("{\"labels\":{\"fleet\":\"" + label + "\"}}", api);
        ended(started);
        var id = UUID.fromString(started.text("/operationId"));
        var order = transactions.read(
                Scope.platform(),
                () -> jdbc.sql("select input::text from operation where id = ?")
                        .param(id)
                        .query(String.class)
                        .single());

        Scope.platformRows().call(() -> fleet.run(new AnotherRun(id, order)));

        assertThat(tenants).allSatisfy(tenant -> assertThat(secretsOf(tenant)).isEqualTo(2));
    }

    @Test
    void pagesResultsAndShowsThemToWhoMaySeeTheOperation() {
        var label = freeSlug();
        tenants(label, 3);
        var started = start("{\"labels\":{\"fleet\":\"" + label + "\"}}", api);
        ended(started);

        var first = results(started, "?pageSize=2");
        var second = results(started, "?pageSize=2&pageToken=" + first.text("/nextPageToken"));

        assertThat(first.json().at("/items")).hasSize(2);
        assertThat(second.json().at("/items")).hasSize(1);
        assertThat(api.get("/secrets/rotations/" + UUID.randomUUID() + "/results")
                        .status())
                .isEqualTo(404);
        assertThat(api.get("/secrets/rotations/none/results").status()).isEqualTo(404);
        var other = Api.with(
                context,
                TestKeys.limited(
                        context, Actor.Kind.OPERATOR, new Reach(Set.of(), Map.of("fleet", label), Set.of(), Set.of())));
        assertThat(other.get("/secrets/rotations/" + started.text("/operationId") + "/results")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void deletesResultsWhoseOperationIsGone() {
        var label = freeSlug();
        tenants(label, 2);
        var started = start("{\"labels\":{\"fleet\":\"" + label + "\"}}", api);
        ended(started);
        var id = UUID.fromString(started.text("/operationId"));
        assertThat(resultsOf(id)).isEqualTo(2);
        expired.run(new NoJob());
        assertThat(resultsOf(id)).isEqualTo(2);

        transactions.change(
                Scope.platformRows(),
                () -> jdbc.sql("delete from operation where id = ?").param(id).update());
        expired.run(new NoJob());

        assertThat(resultsOf(id)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"crv\":\"P-256\"', '\"crv\":\"P-384\"', /recipient/crv",
        "'\"kty\":\"EC\"', '\"kty\":\"EC\",\"d\":\"AA\"', /recipient/d",
        "'\"y\":\"', '\"y\":\"A', /recipient",
        "'\"kty\":\"EC\",', '', /recipient/kty"
    })
    void refusesWhatIsNoPublicKeyOfTheCurve(String good, String bad, String pointer) {
        var recipient = key.toPublicJWK().toJSONString();
        assertThat(recipient).contains(good);
        var body = "{\"filter\":{},\"recipient\":" + recipient.replace(good, bad) + "}";

        var refused = api.post("/secrets/rotations", body);

        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.text("/errors/0/pointer")).isEqualTo(pointer);
    }

    @Test
    void refusesAPointBesideTheCurve() {
        var x = key.getX().toString();
        var body = "{\"filter\":{},\"recipient\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\"}}"
                .formatted(x, x);

        assertThat(api.post("/secrets/rotations", body).text("/errors/0/pointer"))
                .isEqualTo("/recipient");
        assertThat(api.post("/secrets/rotations", "{\"filter\":{}}").text("/errors/0/pointer"))
                .isEqualTo("/recipient");
        assertThat(api.post("/secrets/rotations", "{}").text("/errors/0/pointer"))
                .isEqualTo("/filter");
    }

    private List<String> tenants(String label, int number) {
        return IntStream.range(0, number)
                .mapToObj(_ -> {
                    var slug = freeSlug();
                    var made = api.post(
                            "/tenants",
                            Api.tenant(slug).replaceFirst("\\{", "{\"labels\":{\"fleet\":\"" + label + "\"},"));
                    assertThat(made.status()).isEqualTo(201);
                    return slug;
                })
                .toList();
    }

    private Api.Answer start(String filter, Api caller) {
        return caller.post(
                "/secrets/rotations",
                "{\"filter\":%s,\"recipient\":%s,\"overlap\":\"PT2H\",\"reason\":\"yearly\"}"
                        .formatted(filter, key.toPublicJWK().toJSONString()));
    }

    private Api.Answer ended(Api.Answer started) {
        return api.get(started.header("Location").substring("/api/v1".length()), "Prefer", "wait=30");
    }

    private Api.Answer results(Api.Answer started, String query) {
        return api.get("/secrets/rotations/" + started.text("/operationId") + "/results" + query);
    }

    private int secretsOf(String tenant) {
        return api.get("/tenants/" + tenant + "/secrets").json().at("/items").size();
    }

    private long resultsOf(UUID operation) {
        return transactions.read(
                Scope.platform(),
                () -> jdbc.sql("select count(*) from secret_rotation_result where operation = ?")
                        .param(operation)
                        .query(Long.class)
                        .single());
    }

    private String stored() {
        return transactions.read(
                Scope.platform(),
                () -> String.join(
                        "",
                        jdbc.sql("select to_jsonb(r)::text from secret_rotation_result r"
                                        + " union all select to_jsonb(o)::text from operation o")
                                .query(String.class)
                                .list()));
    }

    /** A run as it is after another one that ended without being recorded. */
    private record AnotherRun(UUID id, String order) implements OperationRun {

        @Override
        public Scope.Tenant scope() {
            return Scope.platformRows();
        }

        @Override
        public int attempt() {
            return 2;
        }

        @Override
        public <T> @Nullable T input(Class<T> type) {
            return JsonMapper.shared().readValue(order, type);
        }

        @Override
        public Progress progress() {
            return new Progress(0, null);
        }

        @Override
        public void progress(long done, @Nullable Long total) {}

        @Override
        public long fence() {
            return 1;
        }

        @Override
        public void steps(List<Step> steps) {
            throw new UnsupportedOperationException("it reports none");
        }

        @Override
        public void step(String name, Runnable work) {
            work.run();
        }

        @Override
        public void checkpoint() {}

        @Override
        public void confirm() {}
    }

    private record NoJob() implements JobRun {

        @Override
        public JobId id() {
            return new JobId(Scope.NIL, Scope.NIL);
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public long fence() {
            return 1;
        }

        @Override
        public void checkpoint() {}

        @Override
        public void confirm() {}
    }
}
