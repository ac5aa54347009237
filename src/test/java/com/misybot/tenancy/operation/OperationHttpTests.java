package com.misybot.tenancy.operation;

import static com.misybot.tenancy.operation.OperationTestApplication.ACME;
import static com.misybot.tenancy.operation.OperationTestApplication.CALLER;
import static com.misybot.tenancy.operation.OperationTestApplication.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class OperationHttpTests extends OperationHttpFixture {

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
    void givesTheSameAnswerToWhoCancelsTwiceWithOneKey() throws Exception {
        var go = new CountDownLatch(1);
        var operation = start(_ -> {
            go.await();
            return "gone";
        });
        var path = "/" + operation.id() + "/cancel";
        var key = operation.id().toString();

        var first = post(path, "Idempotency-Key", key);
        go.countDown();
        get("/" + operation.id(), "Prefer", "wait=20");
        var again = post(path, "Idempotency-Key", key);

        assertThat(first.statusCode()).isIn(200, 202);
        assertThat(again.statusCode()).as(again.body()).isEqualTo(first.statusCode());
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(JSON.readTree(again.body())).isEqualTo(JSON.readTree(first.body()));
        assertThat(again.headers().firstValue("ETag")).isEqualTo(first.headers().firstValue("ETag"));
        assertThat(changes.about(operation)).hasSize(1);
        assertProblem(post(path), 409, "operation_ended");
        var other = client.send(
                request(path, "Idempotency-Key", key, "Content-Type", "application/json")
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertProblem(other, 422, "idempotency_mismatch");
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
}
