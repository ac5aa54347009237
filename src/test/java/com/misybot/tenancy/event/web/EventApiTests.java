package com.misybot.tenancy.event.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.event.Happenings;
import com.misybot.tenancy.event.Happenings.Registered;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.security.apikey.TestKeys;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class EventApiTests {

    private static final String NDJSON = "application/x-ndjson";
    private static final String HOSTILE =
            "line\nfeed\r\nid: forged\n\ndata: {\"x\":1}\u2028\u2029\u0000\u0007\"\\</script>\ud83d\ude00,=cmd|'/C calc'!A0";

    private final ApplicationContext context;
    private final Happenings happenings;
    private final Api api;
    private final String operator;

    EventApiTests(ApplicationContext context) {
        this.context = context;
        this.happenings = new Happenings(context);
        this.api = Api.operator(context);
        this.operator = TestKeys.operator(context);
    }

    @Test
    void tellsOfAChangeAsACloudEvent() {
        var tenant = happenings.register();
        api.post("/tenants/" + tenant.slug() + "/suspend", "{\"reason\":\"payment is overdue by Mrs. Smith\"}");

        var page = api.get("/tenants/" + tenant.slug() + "/events");

        assertThat(page.status()).as(page.toString()).isEqualTo(200);
        assertThat(page.json().at("/items")).hasSize(3);
        var event = page.json().at("/items/2");
        assertThat(event.at("/specversion").asString()).isEqualTo("1.0");
        assertThat(event.at("/type").asString()).isEqualTo("tenant.suspended");
        assertThat(event.at("/source").asString()).isEqualTo("/tenants/" + tenant.id());
        assertThat(event.at("/subject").asString()).isEqualTo(tenant.slug());
        assertThat(event.at("/tenantid").asString()).isEqualTo(tenant.slug());
        assertThat(event.at("/sequence").asString()).isEqualTo("0000000000000000003");
        assertThat(event.at("/data/status").asString()).isEqualTo("SUSPENDED");
        assertThat(event.at("/data/actor").toString()).isEqualTo("{\"kind\":\"operator\"}");
        assertThat(event.at("/data/fields").toString()).contains("status", "statusReason");
        assertThat(event.propertyNames()).allMatch(name -> name.matches("[a-z0-9]{1,20}"));
        assertThat(page.toString()).as("no personal values").doesNotContain("Smith", "Acme Dental", "overdue");
        assertThat(page.json().at("/more").asBoolean()).isFalse();
    }

    @Test
    void goesOnAfterACursorWithAnyFilter() {
        var tenant = happenings.register();
        IntStream.range(0, 5).forEach(i -> happenings.happen(tenant.id(), "s" + i));
        var path = "/tenants/" + tenant.slug() + "/events";

        var first = api.get(path + "?limit=2");
        var next = first.text("/next");
        var rest = api.get(path + "?after=" + next);
        var filtered = api.get(path + "?type=tenant.created&type=secret.*&after=" + next);
        var lines = lines(api.get(path, "Accept", NDJSON));

        assertThat(first.json().at("/items")).hasSize(2);
        assertThat(first.json().at("/more").asBoolean()).isTrue();
        assertThat(rest.json().at("/items")).hasSize(5);
        assertThat(filtered.json().at("/items")).isEmpty();
        assertThat(filtered.text("/next")).isEqualTo(rest.text("/next"));
        assertThat(lines).hasSize(7);
        assertThat(lines(api.get(path + "?after=" + lines.get(4).at("/cursor").asString(), "Accept", NDJSON)))
                .extracting(line -> line.at("/subject").asString())
                .containsExactly("s3", "s4");
        assertThat(api.get(path + "?after=latest").json().at("/items")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?after=AAAA",
                "?after=AAAAAQAAAAAAAASlAAAAAJ2Wb0wGDTt1xq8sY1H5b8A",
                "?after=%F0%9F%98%80",
                "?after=",
                "?limit=0",
                "?limit=1001",
                "?type=tenant.exploded",
                "?type=*",
                "?colour=red"
            })
    void refusesWhatIsNoCursorNoLimitAndNoType(String query) {
        var tenant = happenings.register();
        for (var path : List.of("/events", "/tenants/" + tenant.slug() + "/events")) {
            assertThat(api.get(path + query).status()).as(path + query).isEqualTo(400);
        }
    }

    @Test
    void aCursorOfOneFeedIsNoneOfAnother() {
        var tenant = happenings.register();
        var other = happenings.register();
        var cursor = api.get("/tenants/" + tenant.slug() + "/events").text("/next");
        var all = api.get("/events?after=latest").text("/next");

        for (var query : List.of(
                "/tenants/" + other.slug() + "/events?after=" + cursor,
                "/events?after=" + cursor,
                "/tenants/" + tenant.slug() + "/events?after=" + all)) {
            var answer = api.get(query);
            assertThat(answer.status()).as(query).isEqualTo(400);
            assertThat(answer.text("/code")).isEqualTo("cursor_invalid");
        }
        var flipped = (all.charAt(8) == 'A' ? 'B' : 'A');
        assertThat(api.get("/events?after=" + all.substring(0, 8) + flipped + all.substring(9))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aFollowerThatComesBackWithItsLastIdMissesNothing() throws Exception {
        var tenant = happenings.register();
        var path = "/events?type=tenant.*&tenantId=" + tenant.slug() + "&after=latest";
        String last;
        try (var events = EventSource.open(context, operator, path, null)) {
            assertThat(events.status).isEqualTo(200);
            happenings.happen(tenant.id(), "first");
            happenings.happen(tenant.id(), "second");
            var told = events.next(2);
            assertThat(told).extracting(EventSource.Message::name).containsOnly("tenant.updated");
            assertThat(told)
                    .extracting(message -> message.data().at("/subject").asString())
                    .containsExactly("first", "second");
            last = events.lastId;
        }
        happenings.happen(tenant.id(), "while away");
        try (var again = EventSource.open(context, operator, path, last)) {
            assertThat(again.next().data().at("/subject").asString()).isEqualTo("while away");
            happenings.happen(tenant.id(), "afterwards");
            assertThat(again.next().data().at("/subject").asString()).isEqualTo("afterwards");
        }
        try (var forged = EventSource.open(context, operator, path, "forged")) {
            assertThat(forged.status).isEqualTo(400);
        }
    }

    @Test
    void aTenantFollowsItsOwnEventsAndNobodyElses() throws Exception {
        var tenant = reading();
        var other = happenings.register();
        var itself = Api.with(context, tenant.secret());

        assertThat(itself.get("/tenants/" + tenant.slug() + "/events").status()).isEqualTo(200);
        assertThat(itself.get("/tenants/" + other.slug() + "/events").status()).isEqualTo(404);
        assertThat(itself.get("/events").status()).isEqualTo(403);
        try (var events = EventSource.open(
                context, tenant.secret(), "/tenants/" + tenant.slug() + "/events?after=latest", null)) {
            // with sequences before and beyond its own
            IntStream.range(0, 10).forEach(_ -> happenings.happen(other.id(), "of another"));
            happenings.happen(tenant.id(), "of its own");
            assertThat(events.next().data().at("/subject").asString()).isEqualTo("of its own");
        }
    }

    @Test
    void aLimitedCallerSeesWhatIsWithinItsReachAndNothingOfThePlatform() throws Exception {
        var tenant = happenings.register();
        var other = happenings.register();
        var from = api.get("/events?after=latest").text("/next");
        var limited = TestKeys.limited(
                context,
                Actor.Kind.SERVICE,
                new Reach(Set.of(new TenantId(tenant.slug())), Map.of(), Set.of(), Set.of()),
                "events:read");
        happenings.happen(other.id(), "of another");
        context.getBean(com.misybot.tenancy.kernel.ScopedTransactions.class)
                .change(Scope.platformRows(), () -> happenings.tell(Scope.NIL, "plan.updated", "gold"));
        happenings.happen(tenant.id(), "of its own");

        var page = Api.with(context, limited).get("/events?after=" + from);
        assertThat(subjects(page.json().at("/items"))).containsExactly("of its own");
        try (var events = EventSource.open(context, limited, "/events?after=" + from, null)) {
            assertThat(events.next().data().at("/subject").asString()).isEqualTo("of its own");
        }
        assertThat(subjects(api.get("/events?after=" + from).json().at("/items")))
                .containsSubsequence("of another", "gold", "of its own");
        assertThat(Api.with(context, limited)
                        .get("/tenants/" + other.slug() + "/events")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void hostileTextStaysInItsLine() throws Exception {
        var tenant = happenings.register();
        var path = "/tenants/" + tenant.slug() + "/events";
        happenings.happen(tenant.id(), HOSTILE.replace("\u0000", ""));

        var body = api.get(path, "Accept", NDJSON).response().body();
        assertThat(body.lines()).hasSize(3);
        assertThat(lines(api.get(path, "Accept", NDJSON))
                        .getLast()
                        .at("/subject")
                        .asString())
                .isEqualTo(HOSTILE.replace("\u0000", ""));
        try (var events = EventSource.open(context, operator, path, null)) {
            var told = events.next(3);
            assertThat(told.getLast().data().at("/subject").asString()).isEqualTo(HOSTILE.replace("\u0000", ""));
            assertThat(events.lastId).isNotEqualTo("forged");
        }
    }

    @Test
    void aSlowFollowerHoldsUpNobodyAndLosesNothing() throws Exception {
        var tenant = happenings.register();
        var path = "/tenants/" + tenant.slug() + "/events?after=latest";
        var many = 6_000;
        try (var slow = EventSource.open(context, operator, path, null);
                var quick = EventSource.open(context, operator, path, null)) {
            var read = CompletableFuture.supplyAsync(() -> take(quick, many), Thread::startVirtualThread);
            IntStream.range(0, 6)
                    .forEach(batch -> context.getBean(com.misybot.tenancy.kernel.ScopedTransactions.class)
                            .change(Scope.tenant(tenant.id()), () -> {
                                for (var i = 0; i < 1_000; i++) {
                                    happenings.tell(tenant.id(), Happenings.TYPE, "%040d".formatted(batch * 1_000 + i));
                                }
                                return true;
                            }));
            assertThat(read.join()).isEqualTo(expected(many)); // while the other reads nothing

            assertThat(take(slow, many)).isEqualTo(expected(many));
        }
    }

    @Test
    void servesEveryTypeWithItsSchema() {
        var types = api.get("/event-types");
        assertThat(types.json().at("/items").size()).isGreaterThan(20);
        var one = api.get("/event-types/tenant.suspended");
        assertThat(one.text("/schema/$id")).isEqualTo(one.text("/dataschema"));
        assertThat(one.json().at("/schema/properties/status/enum").toString()).contains("SUSPENDED");
        assertThat(api.get("/event-types/tenant.exploded").status()).isEqualTo(404);
    }

    /** A tenant whose plan lets its secret read events. */
    private Registered reading() {
        var plan = "p" + Long.toString(System.nanoTime(), 36);
        var limits = api.get("/plans/standard").json().at("/limits");
        var made = api.post(
                "/plans",
                "{\"id\":\"" + plan + "\",\"name\":\"Reads\",\"limits\":" + limits
                        + ",\"secretScopes\":[\"events:read\"]}");
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        var tenant = happenings.register();
        var path = "/tenants/" + tenant.slug();
        var patched = api.patch(
                path, "{\"plan\":\"" + plan + "\"}", "If-Match", api.get(path).header("ETag"));
        assertThat(patched.status()).as(patched.toString()).isEqualTo(200);
        return tenant;
    }

    private static List<String> take(EventSource events, int count) {
        try {
            return events.next(count).stream()
                    .map(message -> message.data().at("/subject").asString())
                    .toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> expected(int count) {
        return IntStream.range(0, count).mapToObj("%040d"::formatted).toList();
    }

    private static List<String> subjects(JsonNode items) {
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.at("/subject").asString())
                .toList();
    }

    private static List<JsonNode> lines(Api.Answer answer) {
        return answer.response()
                .body()
                .lines()
                .map(JsonMapper.shared()::readTree)
                .toList();
    }
}
