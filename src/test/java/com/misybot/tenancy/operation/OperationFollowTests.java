package com.misybot.tenancy.operation;

import static com.misybot.tenancy.operation.OperationTestApplication.ACME;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class OperationFollowTests extends OperationHttpFixture {

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
}
