package com.misybot.tenancy.tenant.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.security.apikey.TestKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class TenantImportTests {

    private final ApplicationContext context;
    private final ScopedTransactions transactions;
    private final JdbcClient jdbc;
    private final Told told;
    private final ImportClient client;

    /** Keeps the names of one test away from those of another. */
    private final String mark = "t" + UUID.randomUUID().toString().substring(0, 8);

    TenantImportTests(
            @Autowired ApplicationContext context,
            @Autowired ScopedTransactions transactions,
            @Autowired JdbcClient jdbc,
            @Autowired Told told,
            @LocalServerPort int port) {
        this.context = context;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.told = told;
        this.client = new ImportClient(port, TestKeys.operator(context));
    }

    @BeforeEach
    void nothingToldYet() {
        told.changes.clear();
    }

    @Test
    void answersALineForEachLineAndStopsAtNone() throws IOException {
        var body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
        write(body, line("one") + "\r\n");
        write(body, "{\"tenantId\":\n");
        write(body, "\n");
        write(body, "  \t\r\n");
        write(body, "[]\n");
        write(body, line("two").replace("}", ",\"colour\":\"red\"}") + "\n");
        write(body, line("two").replaceFirst("\\{", "{\"tenantId\":\"" + slug("twice") + "\",") + "\n");
        write(body, line("two").replace("Name of", "\\u0000") + "\n");
        write(body, line("two").replace("Name of", "\\ud800") + "\n");
        body.writeBytes(new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}', '\n'});
        write(body, line("two").replace("\"plan\":\"standard\"", "\"plan\":\"gold\"") + "\n");
        write(body, "{\"tenantId\":\"Not A Slug\",\"business\":{\"name\":\"x\",\"country\":\"XX\"}}\n");
        write(body, line("two").replace("Name of", "x".repeat(70_000)) + "\n");
        write(body, line("two").replace(slug("two"), "import") + "\n");
        write(body, line("three"));

        var answer = client.send("", ImportClient.NDJSON, body.toByteArray());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.type()).startsWith("application/x-ndjson");
        assertThat(answer.outcomes())
                .containsExactly(
                        "created",
                        "malformed_json",
                        "invalid_request",
                        "unknown_field",
                        "invalid_request",
                        "invalid_request",
                        "invalid_request",
                        "malformed_json",
                        "plan_unknown",
                        "invalid_request",
                        "body_too_large",
                        "name_reserved",
                        "created");
        assertThat(answer.results().stream().map(result -> result.path("line").asInt()))
                .containsExactly(1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        assertThat(answer.summary().toString())
                .isEqualTo("{\"lines\":15,\"created\":2,\"updated\":0,\"unchanged\":0,\"refused\":11,\"blank\":2,"
                        + "\"dryRun\":false}");
        assertThat(answer.results().get(8).path("tenantId").asString()).isEqualTo(slug("two"));
        assertThat(answer.results().get(9).path("tenantId").isMissingNode()).isTrue();
        assertThat(answer.results()
                        .get(9)
                        .path("problem")
                        .path("errors")
                        .valueStream()
                        .map(error -> error.path("pointer").asString()))
                .containsExactly("/tenantId", "/business/country");
        assertThat(answer.refused().map(line -> line.path("problem")))
                .allSatisfy(problem -> assertThat(problem.propertyNames())
                        .contains("type", "title", "status", "detail", "code", "traceId"));
        assertThat(client.tenant(slug("three")).path("status").asString()).isEqualTo("ACTIVE");
    }

    @Test
    void keepsAllThatALineSays() {
        client.send("", """
                {"tenantId":"%s","siteId":"%s","externalId":"%s","business":{"name":"Müller & Söhne","legalName":"Müller GmbH",\
                "email":"a@b.example","phone":"+4930901820","country":"DE","locale":"de-DE","timeZone":"Europe/Berlin"},\
                "plan":"standard","region":"us-east","allowedOrigins":["https://b.example","https://*.c.example"],\
                "permissions":["chat.reply","billing.read"],"labels":{"tier":"gold"},"settings":{"b":[1.25,null],"a":"x"},\
                "activeUntil":"2199-01-01T00:00:00Z","status":"SUSPENDED","statusReason":"Unpaid"}
                """.formatted(slug("full"), slug("site"), slug("ext")));

        var tenant = client.tenant(slug("full"));

        assertThat(tenant.path("siteId").asString()).isEqualTo(slug("site"));
        assertThat(tenant.path("externalId").asString()).isEqualTo(slug("ext"));
        assertThat(tenant.path("business").path("phone").asString()).isEqualTo("+4930901820");
        assertThat(tenant.path("allowedOrigins").toString())
                .isEqualTo("[\"https://b.example\",\"https://*.c.example\"]");
        assertThat(tenant.path("settings").toString()).isEqualTo("{\"a\":\"x\",\"b\":[1.25,null]}");
        assertThat(tenant.path("region").asString()).isEqualTo("us-east");
        assertThat(tenant.path("status").asString()).isEqualTo("SUSPENDED");
        assertThat(tenant.path("statusReason").asString()).isEqualTo("Unpaid");
        assertThat(tenant.path("version").asInt()).isEqualTo(1);
    }

    @Test
    void givesANameToTheFirstOfTheFileAndRefusesTheOthers() {
        client.send(
                "", line("known", "\"siteId\":\"" + slug("knownsite") + "\",\"externalId\":\"Straße-" + mark + "\""));

        var answer = client.send(
                "",
                String.join(
                        "\n",
                        line("known"),
                        line("a", "\"siteId\":\"" + slug("knownsite") + "\""),
                        line("a", "\"externalId\":\"STRASSE-" + mark + "\""),
                        line("a", "\"siteId\":\"" + slug("s1") + "\""),
                        line("a"),
                        line("b", "\"siteId\":\"" + slug("s1") + "\""),
                        line("b", "\"externalId\":\"e-" + mark + "\""),
                        line("c", "\"externalId\":\"E-" + mark + "\""),
                        line("c")));

        assertThat(answer.outcomes())
                .containsExactly(
                        "name_taken",
                        "name_taken",
                        "name_taken",
                        "created",
                        "name_taken",
                        "name_taken",
                        "created",
                        "name_taken",
                        "created");
        assertThat(answer.refused()
                        .map(line -> line.path("problem")
                                .path("errors")
                                .path(0)
                                .path("pointer")
                                .asString()))
                .containsExactly("/tenantId", "/siteId", "/externalId", "/tenantId", "/siteId", "/externalId");
    }

    @Test
    void saysInADryRunWhatTheImportWillSayAndKeepsNothing() {
        client.send("", line("there"));
        var file = String.join(
                "\n",
                line("there"),
                line("x", "\"externalId\":\"e-" + mark + "\""),
                line("x"),
                line("y", "\"externalId\":\"E-" + mark + "\""),
                line("y").replace("eu-central", "moon"),
                line("y"));
        var before = rows();

        for (var mode : List.of("create", "upsert")) {
            var rehearsal = client.send("?dryRun=true&mode=" + mode, file);
            assertThat(rehearsal.summary().path("dryRun").asBoolean()).isTrue();
            assertThat(rows()).as(mode).isEqualTo(before);
            assertThat(client.tenant(slug("x")).isMissingNode()).isTrue();
            assertThat(rehearsal.outcomes())
                    .as(mode)
                    .containsExactlyElementsOf(
                            mode.equals("create")
                                    ? List.of(
                                            "name_taken",
                                            "created",
                                            "name_taken",
                                            "name_taken",
                                            "region_unknown",
                                            "created")
                                    : List.of(
                                            "unchanged",
                                            "created",
                                            "updated",
                                            "name_taken",
                                            "region_unknown",
                                            "created"));
        }
        assertThat(client.send("", file).outcomes())
                .isEqualTo(List.of("name_taken", "created", "name_taken", "name_taken", "region_unknown", "created"));
    }

    @Test
    void upsertsWhatDiffersAndLeavesWhatDoesNot() {
        client.send("", line("u1") + "\n" + line("u2"));
        told.changes.clear();

        var answer = client.send(
                "?mode=upsert",
                String.join("\n", line("u1"), line("u2").replace("Name of", "New name of"), line("u3"), line("u3")));

        assertThat(answer.outcomes()).containsExactly("unchanged", "updated", "created", "unchanged");
        assertThat(client.tenant(slug("u1")).path("version").asInt()).isEqualTo(1);
        assertThat(client.tenant(slug("u2")).path("version").asInt()).isEqualTo(2);
        assertThat(told.changes.stream()
                        .map(change -> change.type() + " " + change.subject()
                                + (change.type().equals("tenant.created")
                                        ? ""
                                        : change.fields().keySet())))
                .containsExactlyInAnyOrder(
                        "tenant.updated " + slug("u2") + "[business.name]", "tenant.created " + slug("u3"));
    }

    @Test
    void doesNotMoveNorRenameATenantThatExists() {
        client.send("", line("fixed"));

        var answer = client.send(
                "?mode=upsert",
                String.join(
                        "\n",
                        line("fixed", "\"status\":\"SUSPENDED\",\"statusReason\":\"x\""),
                        line("fixed", "\"siteId\":\"another-site\""),
                        line("fixed", "\"status\":\"ACTIVE\",\"version\":77,\"createdBy\":\"somebody\"")));

        assertThat(answer.outcomes()).containsExactly("read_only", "read_only", "unchanged");
    }

    @Test
    void asksWhyATenantIsNotActive() {
        var file = line("why", "\"status\":\"DEACTIVATED\"");
        assertThat(client.send("", file).outcomes()).containsExactly("reason_required");
        assertThat(client.send("", line("gone", "\"status\":\"PURGED\"")).outcomes())
                .containsExactly("invalid_request");
    }

    @Test
    void tellsEachChangeWithItsCauseAndSchedulesItsDeadline() {
        client.send(
                "",
                line("due", "\"activeUntil\":\"" + Instant.parse("2199-01-01T00:00:00Z") + "\"") + "\n"
                        + line("plain"));

        assertThat(told.changes).hasSize(2).allSatisfy(change -> {
            assertThat(change.type()).isEqualTo("tenant.created");
            assertThat(change.cause().actor().kind()).isEqualTo(Actor.Kind.OPERATOR);
        });
        var id = client.tenant(slug("due")).path("id").asString();
        assertThat(transactions.<Long>read(
                        Scope.platform(),
                        () -> jdbc.sql("select count(*) from scheduled_tasks where task_instance like ?")
                                .param(id + ":%")
                                .query(Long.class)
                                .single()))
                .as("its end, and the first warning before it")
                .isEqualTo(2);
    }

    @Test
    void letsEachLineWinOnceWhereTheSameFileIsImportedFourTimesAtOnce() throws Exception {
        var file = IntStream.range(0, 1_200).mapToObj(i -> line("many-" + i)).collect(Collectors.joining("\n"));
        Callable<ImportClient.Answer> create = () -> client.send("", file);
        Callable<ImportClient.Answer> upsert = () -> client.send("?mode=upsert", file);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = List.of(
                    threads.submit(create), threads.submit(upsert), threads.submit(create), threads.submit(upsert));
            Map<String, Integer> counts = new java.util.TreeMap<>();
            for (var answer : answers) {
                answer.get().outcomes().forEach(outcome -> counts.merge(outcome, 1, Integer::sum));
                assertThat(answer.get().results()).hasSize(1_200);
            }
            assertThat(counts).containsEntry("created", 1_200);
            assertThat(counts.keySet()).isSubsetOf("created", "unchanged", "name_taken");
            assertThat(counts.values().stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(4_800);
        }
    }

    @Test
    void reachesOnlyWhatItsKeyDoes() {
        client.send("", line("far"));
        var limited = client.with(TestKeys.limited(
                context,
                Actor.Kind.SERVICE,
                new Reach(Set.of(), Map.of("team", "red"), Set.of(), Set.of()),
                "tenants:import"));

        var answer = limited.send(
                "?mode=upsert",
                String.join(
                        "\n",
                        line("near"),
                        line("near", "\"labels\":{\"team\":\"red\"}"),
                        line("far", "\"labels\":{\"team\":\"red\"}"),
                        line("near", "\"labels\":{\"team\":\"blue\"}")));

        assertThat(answer.outcomes()).containsExactly("out_of_reach", "created", "name_taken", "out_of_reach");
        assertThat(client.with(TestKeys.operator(context, "tenants:write"))
                        .send("", line("no"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void refusesOtherMediaTypesAndParametersAsAWhole() {
        var body = line("media").getBytes(StandardCharsets.UTF_8);
        assertThat(client.send("", "application/json", body).status()).isEqualTo(415);
        assertThat(client.send("?mode=replace", ImportClient.NDJSON, body).status())
                .isEqualTo(400);
        assertThat(client.send("?dryRun=maybe", ImportClient.NDJSON, body).status())
                .isEqualTo(400);
        assertThat(client.tenant(slug("media")).isMissingNode()).isTrue();
        assertThat(client.send("", "").summary().path("lines").asInt(-1)).isZero();
    }

    private String slug(String name) {
        return name + "-" + mark;
    }

    private String line(String name) {
        return "{\"tenantId\":\"" + slug(name) + "\",\"business\":{\"name\":\"Name of " + name
                + "\"},\"plan\":\"standard\",\"region\":\"eu-central\"}";
    }

    private String line(String name, String more) {
        var line = line(name);
        return line.substring(0, line.length() - 1) + "," + more + "}";
    }

    private static void write(ByteArrayOutputStream body, String text) throws IOException {
        body.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<Long> rows() {
        return transactions.read(
                Scope.platform(),
                () -> List.of(
                        jdbc.sql("select count(*) from tenant")
                                .query(Long.class)
                                .single(),
                        jdbc.sql("select count(*) from name_claim")
                                .query(Long.class)
                                .single(),
                        jdbc.sql("select count(*) from scheduled_tasks")
                                .query(Long.class)
                                .single()));
    }

    /** Hears what audit and events will hear. */
    static final class Told {

        private final Queue<Change> changes = new ConcurrentLinkedQueue<>();

        @EventListener
        void hear(Change change) {
            if (change.type().startsWith("tenant.")) {
                changes.add(change);
            }
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Listening {

        @Bean
        Told told() {
            return new Told();
        }
    }
}
