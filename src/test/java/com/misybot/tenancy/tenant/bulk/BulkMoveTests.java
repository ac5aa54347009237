package com.misybot.tenancy.tenant.bulk;

import static com.misybot.tenancy.Api.freeSlug;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.operation.ExpiredResults;
import com.misybot.tenancy.security.apikey.TestKeys;
import com.misybot.tenancy.tenant.ServiceMove;
import com.misybot.tenancy.tenant.TenantMoves;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class BulkMoveTests {

    private final ApplicationContext context;
    private final Api api;
    private final BulkMove bulk;
    private final ExpiredResults expired;
    private final ScopedTransactions transactions;
    private final JdbcClient jdbc;
    private final String wave = freeSlug();

    BulkMoveTests(
            ApplicationContext context,
            BulkMove bulk,
            ExpiredResults expired,
            ScopedTransactions transactions,
            JdbcClient jdbc) {
        this.context = context;
        this.api = Api.operator(context);
        this.bulk = bulk;
        this.expired = expired;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    @Test
    void movesWhoMeetsTheFilterAndTellsWhatBecameOfEach() {
        var tenants = tenants(3);
        var other = tenants(freeSlug(), 1).getFirst();
        var until = Instant.parse("2199-01-01T00:00:00Z");
        move(tenants.get(1), "suspend");
        move(tenants.get(2), "deactivate");

        var started = start(api, "suspend", ",\"reason\":\"unpaid\",\"until\":\"" + until + "\"");

        var result = ended(started).json().at("/result");
        assertThat(result.at("/move").asString()).isEqualTo("suspend");
        for (var count : List.of("moved", "unchanged", "refused")) {
            assertThat(result.at("/" + count).asInt()).as(count).isEqualTo(1);
        }
        assertThat(outcomes(started))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        tenants.get(0), "MOVED ACTIVE SUSPENDED",
                        tenants.get(1), "UNCHANGED SUSPENDED SUSPENDED",
                        tenants.get(2), "REFUSED illegal_transition"));
        var moved = api.get("/tenants/" + tenants.get(0));
        assertThat(moved.text("/status")).isEqualTo("SUSPENDED");
        assertThat(moved.text("/statusReason")).isEqualTo("unpaid");
        assertThat(moved.text("/statusUntil")).isEqualTo(until.toString());
        assertThat(api.get("/tenants/" + tenants.get(1)).text("/statusReason")).isEqualTo("by hand");
        assertThat(api.get("/tenants/" + tenants.get(2)).text("/status")).isEqualTo("DEACTIVATED");
        assertThat(api.get("/tenants/" + other).text("/status")).isEqualTo("ACTIVE");
        var told = results(started, "")
                .json()
                .at("/items")
                .valueStream()
                .filter(item -> item.at("/outcome").asString().equals("MOVED"))
                .findFirst()
                .orElseThrow();
        assertThat(told.at("/effects").toString())
                .isEqualTo("{\"sites\":\"REFUSED\",\"secrets\":\"REFUSED\",\"sessions\":\"ENDED\"}");
    }

    @Test
    void aDryRunTellsTheSameAndChangesNothing() {
        var tenants = tenants(3);
        move(tenants.get(1), "deactivate");
        move(tenants.get(2), "suspend");
        var before = states(tenants);

        var started = start(api, "deactivate", ",\"reason\":\"over\",\"dryRun\":true");

        assertThat(ended(started).json().at("/result/dryRun").asBoolean()).isTrue();
        assertThat(outcomes(started))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        tenants.get(0), "MOVED ACTIVE DEACTIVATED",
                        tenants.get(1), "UNCHANGED DEACTIVATED DEACTIVATED",
                        tenants.get(2), "MOVED SUSPENDED DEACTIVATED"));
        assertThat(states(tenants)).isEqualTo(before);
        assertThat(outcomes(start(api, "resume", ",\"dryRun\":true")))
                .containsEntry(tenants.get(1), "REFUSED illegal_transition");
        assertThat(states(tenants)).isEqualTo(before);
    }

    @Test
    void reachesNobodyBeyondItsCaller() {
        var tenants = tenants(2);
        var limited = limited(new Reach(Set.of(new TenantId(tenants.getFirst())), Map.of(), Set.of(), Set.of()));

        var started = limited.post("/tenants/bulk", "{\"move\":\"suspend\",\"all\":true,\"reason\":\"x\"}");

        assertThat(started.status()).as(started.toString()).isEqualTo(202);
        ended(started);
        assertThat(outcomes(started)).containsOnlyKeys(tenants.getFirst());
        assertThat(api.get("/tenants/" + tenants.getLast()).text("/status")).isEqualTo("ACTIVE");
    }

    @Test
    void refusesWhoHasGotOutOfReachSinceItWasCalled() {
        var tenant = tenants(1).getFirst();
        var id = UUID.fromString(api.get("/tenants/" + tenant).text("/id"));
        var limited = limited(new Reach(Set.of(), Map.of("wave", wave), Set.of(), Set.of()));
        var moves = context.getBean(TenantMoves.class);
        var reach = new Reach(Set.of(), Map.of("wave", freeSlug()), Set.of(), Set.of());
        assertThat(limited.get("/tenants/" + tenant).status()).isEqualTo(200);

        assertThatThrownBy(() ->
                        moves.move(id, ServiceMove.SUSPEND, null, reach, new Cause(Actor.system("test"), "x", null)))
                .hasMessageContaining("There is no tenant");
        assertThat(api.get("/tenants/" + tenant).text("/status")).isEqualTo("ACTIVE");
    }

    @Test
    void goesOnAfterTheLastResultAndMovesNobodyTwice() {
        var tenants = tenants(4);
        var order = order("suspend");
        var id = UUID.randomUUID();
        var stopped = new ShortRun(id, order, 2);
        assertThatThrownBy(() -> Scope.platformRows().call(() -> bulk.run(stopped)))
                .isInstanceOf(ShortRun.Stopped.class);
        assertThat(states(tenants).values()).filteredOn("SUSPENDED 3"::equals).hasSize(2);

        var again = new ShortRun(id, order, Integer.MAX_VALUE);
        Scope.platformRows().call(() -> bulk.run(again));

        assertThat(again.reported().getFirst()).isEqualTo("2/4");
        assertThat(again.reported().getLast()).isEqualTo("4/4");
        assertThat(states(tenants).values()).containsOnly("SUSPENDED 3");
        assertThat(resultsOf(id)).isEqualTo(4);
    }

    @Test
    void stopsBetweenTwoTenantsWhereItIsCancelled() {
        var tenants = tenants(3);
        var order = order("suspend");
        var stopped = new ShortRun(UUID.randomUUID(), order, 1);

        assertThatThrownBy(() -> Scope.platformRows().call(() -> bulk.run(stopped)))
                .isInstanceOf(ShortRun.Stopped.class);

        assertThat(bulk.cancellable()).isTrue();
        assertThat(states(tenants).values()).containsOnlyOnce("SUSPENDED 3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"filter":{"plan":"x1"}}                                                      | 400 | /move
            {"move":"delete","filter":{"plan":"x1"}}                                      | 400 | /move
            {"move":"resume"}                                                             | 400 | /filter
            {"move":"resume","filter":{}}                                                 | 400 | /filter
            {"move":"resume","all":false}                                                 | 400 | /filter
            {"move":"resume","all":true,"filter":{"plan":"x1"}}                           | 400 | /all
            {"move":"resume","filter":{"plan":"?"}}                                       | 400 | /filter/plan
            {"move":"resume","filter":{"status":["GONE"]}}                                | 400 | /filter/status
            {"move":"resume","filter":{"colour":"red"}}                                   | 400 | /filter/colour
            {"move":"resume","filter":{"plan":"x1"},"until":"2199-01-01T00:00:00Z"}       | 400 | /until
            {"move":"suspend","filter":{"plan":"x1"},"reason":"x","until":"2001-01-01T00:00:00Z"} | 422 | /until
            """)
    void refusesWhatIsNoOrder(String body, int status, String pointer) {
        var refused = api.post("/tenants/bulk", body);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(status);
        assertThat(refused.text("/errors/0/pointer")).isEqualTo(pointer);
    }

    @ParameterizedTest
    @CsvSource({"suspend", "deactivate"})
    void asksForAReasonAlsoInADryRun(String move) {
        var body = "{\"move\":\"%s\",\"filter\":{\"plan\":\"x1\"},\"dryRun\":%s}";
        assertThat(api.post("/tenants/bulk", body.formatted(move, "false")).text("/code"))
                .isEqualTo("reason_required");
        assertThat(api.post("/tenants/bulk", body.formatted(move, "true")).text("/code"))
                .isEqualTo("reason_required");
    }

    @Test
    void pagesResultsAndShowsThemToWhoMaySeeTheOperation() {
        tenants(3);
        var started = start(api, "suspend", ",\"reason\":\"x\"");
        ended(started);

        var first = results(started, "?pageSize=2");
        var second = results(started, "?pageSize=2&pageToken=" + first.text("/nextPageToken"));

        assertThat(first.json().at("/items")).hasSize(2);
        assertThat(second.json().at("/items")).hasSize(1);
        assertThat(api.get("/tenants/bulk/" + UUID.randomUUID() + "/results").status())
                .isEqualTo(404);
        assertThat(api.get("/tenants/bulk/none/results").status()).isEqualTo(404);
        assertThat(limited(new Reach(Set.of(), Map.of("wave", wave), Set.of(), Set.of()))
                        .get("/tenants/bulk/" + started.text("/operationId") + "/results")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void startsOnceUnderOneIdempotencyKey() {
        tenants(1);
        var body = "{\"move\":\"suspend\",\"reason\":\"x\",\"filter\":{\"label\":[\"wave:" + wave + "\"]}}";
        var first = api.post("/tenants/bulk", body, "Idempotency-Key", wave);
        var again = api.post("/tenants/bulk", body, "Idempotency-Key", wave);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    }

    @Test
    void deletesResultsWhoseOperationIsGone() {
        tenants(2);
        var started = start(api, "suspend", ",\"reason\":\"x\"");
        ended(started);
        var id = UUID.fromString(started.text("/operationId"));
        expired.run(ShortRun.NO_JOB);
        assertThat(resultsOf(id)).isEqualTo(2);

        transactions.change(
                Scope.platformRows(),
                () -> jdbc.sql("delete from operation where id = ?").param(id).update());
        expired.run(ShortRun.NO_JOB);

        assertThat(resultsOf(id)).isZero();
    }

    private String order(String move) {
        var started = start(api, move, ",\"reason\":\"x\",\"dryRun\":true");
        ended(started);
        return transactions
                .read(
                        Scope.platform(),
                        () -> jdbc.sql("select input::text from operation where id = ?")
                                .param(UUID.fromString(started.text("/operationId")))
                                .query(String.class)
                                .single())
                .replaceFirst("\"dryRun\": *true", "\"dryRun\":false");
    }

    private List<String> tenants(int number) {
        return tenants(wave, number);
    }

    private List<String> tenants(String label, int number) {
        return IntStream.range(0, number)
                .mapToObj(_ -> {
                    var slug = freeSlug();
                    var made = api.post(
                            "/tenants",
                            Api.tenant(slug).replaceFirst("\\{", "{\"labels\":{\"wave\":\"" + label + "\"},"),
                            "Prefer",
                            "wait=30");
                    assertThat(made.text("/status")).as(made.toString()).isEqualTo("ACTIVE");
                    return slug;
                })
                .toList();
    }

    private void move(String slug, String move) {
        assertThat(api.post("/tenants/" + slug + "/" + move, "{\"reason\":\"by hand\"}")
                        .status())
                .isEqualTo(200);
    }

    private Api.Answer start(Api caller, String move, String more) {
        var started = caller.post(
                "/tenants/bulk",
                "{\"move\":\"%s\",\"filter\":{\"label\":[\"wave:%s\"]}%s}".formatted(move, wave, more),
                "Prefer",
                "wait=30");
        assertThat(started.status()).as(started.toString()).isEqualTo(202);
        return started;
    }

    private Api.Answer ended(Api.Answer started) {
        var operation = api.get(started.header("Location").substring("/api/v1".length()), "Prefer", "wait=30");
        assertThat(operation.text("/status")).as(operation.toString()).isEqualTo("SUCCEEDED");
        return operation;
    }

    private Api.Answer results(Api.Answer started, String query) {
        return api.get("/tenants/bulk/" + started.text("/operationId") + "/results" + query);
    }

    private Map<String, String> outcomes(Api.Answer started) {
        return results(started, "")
                .json()
                .at("/items")
                .valueStream()
                .collect(Collectors.toMap(
                        item -> item.at("/tenantId").asString(),
                        item -> String.join(
                                        " ",
                                        item.at("/outcome").asString(),
                                        item.at("/before").asString(""),
                                        item.at("/after").asString(""),
                                        item.at("/code").asString(""))
                                .replaceAll(" +", " ")
                                .strip()));
    }

    private Map<String, String> states(List<String> tenants) {
        return tenants.stream().collect(Collectors.toMap(slug -> slug, slug -> {
            var read = api.get("/tenants/" + slug);
            return read.text("/status") + " " + read.text("/version");
        }));
    }

    private long resultsOf(UUID operation) {
        return transactions.read(
                Scope.platform(),
                () -> jdbc.sql("select count(*) from bulk_move_result where operation = ?")
                        .param(operation)
                        .query(Long.class)
                        .single());
    }

    private Api limited(Reach reach) {
        return Api.with(context, TestKeys.limited(context, Actor.Kind.OPERATOR, reach));
    }
}
