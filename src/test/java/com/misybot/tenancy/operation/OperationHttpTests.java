package com.misybot.tenancy.operation;

import static com.misybot.tenancy.operation.OperationTestApplication.ACME;
import static com.misybot.tenancy.operation.OperationTestApplication.CALLER;
import static com.misybot.tenancy.operation.OperationTestApplication.OTHER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.operation.OperationTestApplication.Changes;
import com.misybot.tenancy.operation.OperationTestApplication.Work;
import com.misybot.tenancy.operation.OperationTestApplication.Works;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

@OperationTest
class OperationHttpTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final JsonMapper JSON = new JsonMapper();

    private final Scope.Tenant tenant = Scope.tenant(UUID.randomUUID());
    private final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @Autowired
    Operations operations;

    @Autowired
    OperationWatch watch;

    @Autowired
    ScopedTransactions transactions;

    @Autowired
    Works works;

    @Autowired
    Changes changes;

    @Test
    void readsAnOperationWithItsStrongTagAndAnswersNothingNewWith304() throws Exception {
        var id = done("test.read", ACME);

        var read = get("/" + id);

        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.headers().firstValue("ETag")).contains("\"1\"");
        var body = JSON.readTree(read.body());
        assertThat(body.propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "kind",
                        "tenantId",
                        "status",
                        "progress",
                        "steps",
                        "result",
                        "createdAt",
                        "createdBy",
                        "startedAt",
                        "endedAt");
        assertThat(body.get("id").asString()).isEqualTo(id.toString());
        assertThat(body.get("tenantId").asString()).isEqualTo("acme-dental");
        assertThat(body.get("progress")).hasToString("{\"done\":0}");
        assertThat(get("/" + id, "If-None-Match", "\"1\"").statusCode()).isEqualTo(304);
    }

    @Test
    void whatIsUnknownOrOutOfReachIs404() throws Exception {
        var others = done("test.read", OTHER);

        assertProblem(get("/" + UUID.randomUUID()), 404, "not_found");
        assertProblem(get("/" + others, CALLER, "bert"), 404, "not_found");
        assertProblem(stream(others, CALLER, "bert"), 404, "not_found");
        assertProblem(post("/" + others + "/cancel", CALLER, "bert"), 404, "not_found");
        assertProblem(get("/not-a-uuid"), 404, "not_found");
    }

    @Test
    void waitsForTheEndWhereAskedTo() throws Exception {
        var go = new CountDownLatch(1);
        var operation = start(_ -> {
            go.await();
            return "gone";
        });

        var atOnce = get("/" + operation.id(), "Prefer", "wait=0");
        assertThat(JSON.readTree(atOnce.body()).get("status").asString()).isNotEqualTo("SUCCEEDED");
        var waiting = client.sendAsync(
                request("/" + operation.id(), "Prefer", "wait=60").build(), HttpResponse.BodyHandlers.ofString());
        go.countDown();

        var waited = waiting.get(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
        assertThat(JSON.readTree(waited.body()).get("status").asString()).isEqualTo("SUCCEEDED");
        assertThat(waited.headers().firstValue("Preference-Applied")).contains("wait=60");
    }

    @Test
    void pagesThroughWhatTheFiltersLeave() throws Exception {
        var kind = "test.paged-" + UUID.randomUUID();
        var made = new ArrayList<String>();
        for (var i = 0; i < 5; i++) {
            made.add(done(kind, i < 3 ? ACME : OTHER).toString());
        }

        assertThat(ids("?pageSize=2&kind=" + kind)).containsExactlyElementsOf(made);
        assertThat(ids("?pageSize=2&sort=-createdAt&kind=" + kind)).containsExactlyElementsOf(made.reversed());
        assertThat(ids("?tenantId=acme-dental&kind=" + kind)).containsExactlyElementsOf(made.subList(0, 3));
        assertThat(ids("?status=FAILED&kind=" + kind)).isEmpty();
        assertThat(ids("?createdFrom=2100-01-01T00:00:00Z&kind=" + kind)).isEmpty();
        assertThat(ids("?createdTo=2100-01-01T00:00:00Z&kind=" + kind)).hasSize(5);
        assertThat(get("/count?tenantId=acme-dental&kind=" + kind).body()).isEqualTo("{\"count\":3}");
        assertThat(get("/count?kind=" + kind, CALLER, "bert").body()).isEqualTo("{\"count\":3}");
    }

    @Test
    void refusesFiltersThatMeanNothing() throws Exception {
        assertThat(get("?status=SLEEPING").statusCode()).isEqualTo(400);
        assertThat(get("?tenantId=Not_A_Slug").statusCode()).isEqualTo(400);
        assertThat(get("?createdFrom=yesterday").statusCode()).isEqualTo(400);
        assertThat(get("?pageSize=0").statusCode()).isEqualTo(400);
        assertThat(get("?sort=result").statusCode()).isEqualTo(400);
    }

    @Test
    void cancelsWhatRunsAndSaysWhy() throws Exception {
        var begun = new CountDownLatch(1);
        var operation = start(run -> {
            begun.countDown();
            while (true) {
                run.checkpoint();
                Thread.onSpinWait();
            }
        });
        begun.await();

        var stale = post("/" + operation.id() + "/cancel", "If-Match", "\"99\"");
        var asked = post("/" + operation.id() + "/cancel", "X-Reason", "wrong%20file");

        assertProblem(stale, 412, "stale_version");
        assertThat(asked.statusCode()).isEqualTo(202);
        assertThat(asked.headers().firstValue("Location")).contains("/api/v1/operations/" + operation.id());
        assertThat(changes.about(operation))
                .singleElement()
                .satisfies(change -> assertThat(change.cause().reason()).isEqualTo("wrong file"));
        var ended = JSON.readTree(get("/" + operation.id(), "Prefer", "wait=20").body());
        assertThat(ended.get("status").asString()).isEqualTo("CANCELLED");
        assertProblem(post("/" + operation.id() + "/cancel"), 409, "operation_ended");
    }

    @Test
    void followsAnOperationToItsEnd() throws Exception {
        var go = new CountDownLatch(1);
        var operation = start(run -> {
            run.step("first", () -> {});
            go.await();
            run.step("second", () -> {});
            return "gone";
        });

        try (var events = follow(operation.id(), null)) {
            assertThat(events.type).isEqualTo("text/event-stream;charset=UTF-8");
            events.until(data -> data.contains("\"status\":\"RUNNING\",\"progress\""));
            events.untilComment();
            go.countDown();
            var last = events.until(data -> data.contains("\"status\":\"SUCCEEDED\",\"progress\""));
            assertThat(JSON.readTree(last).get("result").asString()).isEqualTo("gone");
            assertThat(events.line()).as("the stream has ended").isNull();
            assertThat(events.ids).isSorted().doesNotHaveDuplicates();
            assertThat(events.ids.getLast())
                    .isEqualTo(requireNonNull(operations.find(operation.id())).version());
        }
    }

    @Test
    void aFollowerThatComesBackMissesNothingAndIsToldOnceThatAllIsSaid() throws Exception {
        var id = done("test.followed", ACME);

        try (var again = follow(id, "0")) {
            again.until(data -> data.contains("\"status\":\"SUCCEEDED\",\"progress\""));
            assertThat(again.line()).isNull();
        }
        assertThat(stream(id, "Last-Event-ID", "1").statusCode()).isEqualTo(204);
        try (var strange = follow(id, "not a version")) {
            strange.until(data -> data.contains("\"status\":\"SUCCEEDED\",\"progress\""));
        }
    }

    @Test
    void onlySoManyFollowAtOnceAndWhoHasGoneLeavesHisPlace() throws Exception {
        var go = new CountDownLatch(1);
        var operation = start(_ -> {
            go.await();
            return null;
        });
        try (var first = follow(operation.id(), null);
                var second = follow(operation.id(), null)) {
            first.untilComment();
            second.untilComment();

            var third = stream(operation.id());
            assertProblem(third, 503, "too_many_followers");
            assertThat(third.headers().firstValue("Retry-After")).isPresent();
        }

        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            try (var next = follow(operation.id(), null)) {
                return next.status == 200;
            }
        });
        go.countDown();
    }

    @Test
    void aStoppingServiceLetsItsFollowersAndWaitersGo() throws Exception {
        var go = new CountDownLatch(1);
        var operation = start(_ -> {
            go.await();
            return null;
        });
        var waiting = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return operations.await(operation.id(), Duration.ofSeconds(60));
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Thread::startVirtualThread);
        try (var events = follow(operation.id(), null)) {
            events.untilComment();

            watch.stop();

            assertThat(events.rest()).as("the stream ends by itself").isNotNull();
            assertThat(requireNonNull(waiting.join()).status().hasEnded()).isFalse();
            assertThat(stream(operation.id()).statusCode()).isEqualTo(503);
        } finally {
            watch.start();
            go.countDown();
        }
    }

    private UUID done(String kind, TenantId about) {
        return transactions.change(
                Scope.platform(),
                () -> operations
                        .recordDone(
                                OperationOrder.of(
                                        kind,
                                        tenant,
                                        about,
                                        OperationTestApplication.named("anna").actor()),
                                List.of("done"))
                        .id());
    }

    private Operation start(Work work) {
        var order = OperationOrder.of(
                        Works.KIND,
                        tenant,
                        ACME,
                        OperationTestApplication.named("anna").actor())
                .with(works.assign(UUID.randomUUID().toString(), work));
        return transactions.change(tenant, () -> operations.start(order));
    }

    private List<String> ids(String query) throws Exception {
        var ids = new ArrayList<String>();
        var tokens = new HashSet<String>();
        String token = null;
        do {
            var page = JSON.readTree(
                    get(query + (token == null ? "" : "&pageToken=" + token)).body());
            page.get("items").forEach(item -> ids.add(item.get("id").asString()));
            token = page.path("nextPageToken").asString(null);
        } while (token != null && tokens.add(token));
        return ids;
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        return client.send(request(path, headers).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> stream(UUID id, String... headers) throws Exception {
        return client.send(
                request("/" + id, headers)
                        .setHeader("Accept", "text/event-stream")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String... headers) throws Exception {
        return client.send(
                request(path, headers).POST(HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/operations" + path))
                .header(CALLER, "anna");
        for (var i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return request;
    }

    private static void assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(JSON.readTree(response.body()).get("code").asString()).isEqualTo(code);
    }

    private Events follow(UUID id, @Nullable String lastEventId) throws Exception {
        var request = request("/" + id).setHeader("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.setHeader("Last-Event-ID", lastEventId);
        }
        return new Events(client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    }

    /** What a client reads of a stream. */
    private static final class Events implements AutoCloseable {
        final int status;
        final String type;
        final List<Long> ids = new ArrayList<>();
        private final InputStream stream;
        private final BufferedReader lines;

        Events(HttpResponse<InputStream> response) {
            status = response.statusCode();
            type = response.headers().firstValue("Content-Type").orElse("");
            stream = response.body();
            lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        }

        @Nullable
        String line() throws IOException {
            var line = lines.readLine();
            while (line != null && (line.isEmpty() || line.startsWith(":"))) {
                line = lines.readLine();
            }
            return line;
        }

        void untilComment() throws IOException {
            var line = lines.readLine();
            while (line != null && !line.startsWith(":")) {
                note(line);
                line = lines.readLine();
            }
            assertThat(line).isNotNull();
        }

        String until(java.util.function.Predicate<String> data) throws IOException {
            for (var line = line(); line != null; line = line()) {
                note(line);
                if (line.startsWith("data: ") && data.test(line)) {
                    return line.substring("data: ".length());
                }
            }
            throw new AssertionError("The stream ended before that was told");
        }

        String rest() throws IOException {
            var rest = new StringBuilder();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                rest.append(line);
            }
            return rest.toString();
        }

        private void note(String line) {
            if (line.startsWith("id: ")) {
                ids.add(Long.parseLong(line.substring("id: ".length())));
            }
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
