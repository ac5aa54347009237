package com.misybot.tenancy.audit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Difference;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.security.apikey.TestKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import org.springframework.transaction.CannotCreateTransactionException;
import tools.jackson.databind.JsonNode;

/** Trails as they are written and read. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class AuditApiTests {

    private static final String HOSTILE = "=cmd|' /C calc'!A0,\"x\"\r\n2026 ERROR forged\t\u2028\u202e";

    private final ApplicationContext context;
    private final ScopedTransactions transactions;
    private final Verification verification;
    private final Entries entries;
    private final Api api;

    AuditApiTests(
            ApplicationContext context, ScopedTransactions transactions, Verification verification, Entries entries) {
        this.context = context;
        this.transactions = transactions;
        this.verification = verification;
        this.entries = entries;
        this.api = Api.operator(context);
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    private List<JsonNode> items(String path) {
        var answer = api.get(path);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().path("items").valueStream().toList();
    }

    @Test
    void tellsWhoDidWhatAndWhy() {
        var slug = Api.freeSlug();
        api.post("/tenants", Api.tenant(slug));
        api.post("/tenants/" + slug + "/suspend", "{\"reason\":\"unpaid\",\"ticket\":\"T-1\"}");
        api.post("/tenants/" + slug + "/secrets", "{}");
        var told = items("/tenants/" + slug + "/audit?outcome=DONE");
        assertThat(told)
                .extracting(one -> one.at("/action").asString())
                .containsExactly("secret.rotated", "tenant.suspended", "tenant.provisioned", "tenant.created");
        assertThat(told).extracting(one -> one.at("/seq").asLong()).containsExactly(4L, 3L, 2L, 1L);
        var suspended = told.get(1);
        assertThat(suspended.at("/details/fields/status").toString())
                .isEqualTo("{\"after\":\"SUSPENDED\",\"before\":\"ACTIVE\"}");
        assertThat(suspended.at("/reason").asString()).isEqualTo("unpaid");
        assertThat(suspended.at("/ticket").asString()).isEqualTo("T-1");
        assertThat(suspended.at("/actor/kind").asString()).isEqualTo("OPERATOR");
        assertThat(suspended.at("/actor/keyId").asString()).isNotBlank();
        assertThat(suspended.at("/actor/network").asString()).isEqualTo("127.0.0.0/24");
        assertThat(suspended.at("/requestId").asString()).hasSize(32);
        assertThat(told.get(0).at("/details/fields/secret").toString()).isEqualTo("{\"masked\":true}");
        assertThat(told.get(3).at("/previous").asString()).isEqualTo("0".repeat(64));
        assertThat(told.get(1).at("/previous")).isEqualTo(told.get(2).at("/hash"));
        var verdict = api.get("/tenants/" + slug + "/audit/verify");
        assertThat(verdict.json().at("/valid").asBoolean()).isTrue();
        assertThat(verdict.json().at("/entries").asLong()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void filtersAndPages() {
        var slug = Api.freeSlug();
        api.post("/tenants", Api.tenant(slug));
        for (var i = 0; i < 4; i++) {
            api.patch("/tenants/" + slug, "{\"labels\":{\"n\":\"%d\"}}".formatted(i), "If-Match", "*");
        }
        var path = "/tenants/" + slug + "/audit";
        assertThat(items(path + "?action=tenant.updated")).hasSize(4);
        assertThat(items(path + "?action=tenant.updated&resource=" + slug)).hasSize(4);
        assertThat(items(path + "?resource=nothing")).isEmpty();
        assertThat(items(path + "?actor=service:nobody")).isEmpty();
        var actor = items(path + "?action=tenant.created")
                .getFirst()
                .at("/actor/id")
                .asString();
        assertThat(items(path + "?outcome=DONE&actor=operator:" + encoded(actor)))
                .hasSize(5);
        assertThat(items(path + "?from=" + Instant.now().plusSeconds(60))).isEmpty();
        assertThat(items(path + "?outcome=DONE&to=" + Instant.now().plusSeconds(60)))
                .hasSize(6);
        assertThat(api.get(path + "?outcome=MAYBE").status()).isEqualTo(400);
        assertThat(api.get(path + "?actor=anna").status()).isEqualTo(400);
        var first = api.get(path + "?action=tenant.updated&pageSize=3");
        var next = api.get(path + "?action=tenant.updated&pageSize=3&pageToken=" + first.text("/nextPageToken"));
        assertThat(next.json().path("items").valueStream())
                .extracting(one -> one.at("/seq").asLong())
                .containsExactly(3L);
        assertThat(next.json().has("nextPageToken")).isFalse();
    }

    @Test
    void keepsAHostileTextInOneLineAndOneCell() {
        var slug = Api.freeSlug();
        api.post("/tenants", Api.tenant(slug), "X-Reason", encoded(HOSTILE), "X-Ticket", encoded("@SUM(A1)"));
        var path = "/tenants/" + slug + "/audit?outcome=DONE";
        var lines = api.get(path, "Accept", "application/x-ndjson")
                .response()
                .body()
                .split("\n", -1);
        assertThat(lines).hasSize(3);
        assertThat(lines[2]).isEmpty();
        var csv = api.get(path, "Accept", "text/csv").response().body();
        try (var rows = de.siegmar.fastcsv.reader.CsvReader.builder().ofCsvRecord(csv)) {
            var all = rows.stream().toList();
            assertThat(all).hasSize(3);
            var registered = all.getLast();
            assertThat(registered.getFields()).hasSize(15);
            assertThat(registered.getField(9)).isEqualTo("'" + HOSTILE);
            assertThat(registered.getField(10)).isEqualTo("'@SUM(A1)");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        assertThat(api.get("/tenants/" + slug + "/audit/verify").text("/valid")).isEqualTo("true");
    }

    @Test
    void takesAndListsCheckpoints() {
        var slug = Api.freeSlug();
        api.post("/tenants", Api.tenant(slug));
        var path = "/tenants/" + slug + "/audit";
        var taken = api.post(path + "/checkpoints", "");
        assertThat(taken.status()).as(taken.toString()).isEqualTo(200);
        var again = api.post(path + "/checkpoints", "");
        assertThat(again.text("/signature")).isEqualTo(taken.text("/signature"));
        assertThat(items("/tenants/" + slug + "/events"))
                .as("told once, and of no change to the trail")
                .filteredOn(event -> event.at("/type").asString().endsWith("audit.checkpointed"))
                .singleElement()
                .satisfies(event -> assertThat(event.at("/subject").asString()).isEqualTo(taken.text("/seq")));
        assertThat(items(path)).hasSize(taken.json().at("/seq").asInt());
        api.post("/tenants/" + slug + "/suspend", "{\"reason\":\"x\"}");
        api.post(path + "/checkpoints", "");
        assertThat(items(path + "/checkpoints")).hasSize(2);
        var kept = taken.json().at("/seq").asLong() + ":" + taken.text("/hash");
        assertThat(api.get(path + "/verify?checkpoint=" + kept).text("/valid")).isEqualTo("true");
        var wrong = taken.json().at("/seq").asLong() + ":" + "0".repeat(64);
        assertThat(api.get(path + "/verify?checkpoint=" + wrong).text("/fault/why"))
                .isEqualTo("READERS_CHECKPOINT");
        assertThat(api.get(path + "/verify?checkpoint=99:" + taken.text("/hash"))
                        .text("/fault/why"))
                .isEqualTo("READERS_CHECKPOINT");
        assertThat(api.get(path + "/verify?from=5&to=4").status()).isEqualTo(400);
    }

    @Test
    void writesTheChangeAndItsEntryOrNeither() {
        var tenant =
                UUID.fromString(api.post("/tenants", Api.tenant(Api.freeSlug())).text("/id"));
        assertThatThrownBy(() -> transactions.change(Scope.tenant(tenant), () -> {
                    tell(tenant, 1);
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(entries.from(tenant, 1, 10)).hasSize(2);
        assertThatThrownBy(() -> tell(tenant, 1)).hasMessageContaining("outside of a transaction");
        assertThatThrownBy(() -> transactions.change(Scope.tenant(UUID.randomUUID()), () -> {
                    tell(tenant, 1);
                    return true;
                }))
                .hasMessageContaining("scope of another");
    }

    @Test
    void manyWritersMakeOneChain() throws Exception {
        var tenant =
                UUID.fromString(api.post("/tenants", Api.tenant(Api.freeSlug())).text("/id"));
        var writers = 32;
        var each = 20;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ends = new ArrayList<java.util.concurrent.Future<Integer>>();
            for (var writer = 0; writer < writers; writer++) {
                var seed = writer;
                ends.add(threads.submit(() -> write(tenant, seed, each)));
            }
            var written = 2; // it was registered and provisioned
            for (var end : ends) {
                written += end.get();
            }
            var chain = entries.from(tenant, 1, 10_000);
            assertThat(chain)
                    .extracting(Chained::seq)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, written).boxed().toList());
            assertThat(written).isLessThan(2 + writers * each);
        }
        assertThat(verification.verify(tenant, Verification.Part.WHOLE).fault()).isNull();
    }

    /** One in ten is rolled back. */
    private int write(UUID tenant, int seed, int times) {
        var written = 0;
        for (var i = 0; i < times; i++) {
            var number = i;
            try {
                transactions.change(Scope.tenant(tenant), () -> {
                    tell(tenant, number);
                    if ((seed + number) % 10 == 0) {
                        throw new IllegalStateException("rolled back");
                    }
                    return true;
                });
                written++;
            } catch (CannotCreateTransactionException e) {
                // more writers than connections: as a caller does who is answered 503
                i--;
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("rolled back");
            }
        }
        return written;
    }

    private void tell(UUID tenant, int number) {
        context.publishEvent(new Change(
                UUID.randomUUID(),
                tenant,
                "tenant.updated",
                "x",
                new TreeMap<>(Map.of("number", Difference.of(null, number))),
                Cause.of(Actor.system("test")),
                Instant.now()));
    }

    @Test
    void tellsOfRefusalsAndOfReads() {
        var slug = Api.freeSlug();
        api.post("/tenants", Api.tenant(slug));
        var path = "/tenants/" + slug;
        assertThat(api.send("POST", path + "/resume", null, "X-Reason", "because")
                        .status())
                .isEqualTo(409);
        assertThat(api.patch(path, "{\"labels\":{\"a\":\"b\"}}", "If-Match", "\"99\"")
                        .status())
                .isEqualTo(412);
        assertThat(Api.with(context, TestKeys.operator(context, "tenants:read"))
                        .post(path + "/suspend", "{\"reason\":\"x\"}")
                        .status())
                .isEqualTo(403);
        api.get(path + "/secrets");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(items(path + "/audit?outcome=REFUSED"))
                        .extracting(one -> one.at("/action").asString() + " "
                                + one.at("/details/code").asString())
                        .containsExactlyInAnyOrder(
                                "POST /api/v1/tenants/{tenantId}/resume illegal_transition",
                                "PATCH /api/v1/tenants/{tenantId} stale_version",
                                "POST /api/v1/tenants/{tenantId}/suspend forbidden"));
        assertThat(items(path + "/audit?outcome=REFUSED"))
                .filteredOn(one -> one.at("/reason").asString("").equals("because"))
                .hasSize(1);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(items(path + "/audit?outcome=READ"))
                        .extracting(one -> one.at("/action").asString())
                        .contains("secrets.read", "audit.read"));
        assertThat(api.get(path + "/audit/verify").text("/valid")).isEqualTo("true");
    }

    @Test
    void keepsThePlatformsTrailApart() {
        var made = api.post("/api-keys", "{\"name\":\"told\",\"kind\":\"OPERATOR\",\"scopes\":[\"audit:read\"]}");
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(items("/audit?action=api_key.created&resource=" + made.text("/keyId")))
                .hasSize(1);
        assertThat(items("/audit?action=tenant.created")).isEmpty();
        assertThat(api.get("/audit/verify").text("/valid")).isEqualTo("true");
        assertThat(api.post("/audit/checkpoints", "").status()).isEqualTo(200);
        assertThat(items("/audit/checkpoints")).isNotEmpty();
        assertThat(requireNonNull(
                        api.get("/audit", "Accept", "text/csv").response().body()))
                .startsWith("seq,at,");
    }
}
