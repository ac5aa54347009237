package com.misybot.tenancy.operation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class OperationWatchTests extends OperationFixture {

    @Test
    void whoWaitsIsToldOfTheEndAtOnceAndOfTheTimeLimitInTime() throws Exception {
        var go = new CountDownLatch(1);
        var operation = start(_ -> {
            reached(go);
            return "gone";
        });

        assertThat(requireNonNull(operations.await(operation.id(), Duration.ofMillis(20)))
                        .status()
                        .hasEnded())
                .isFalse();

        var waiting = CompletableFuture.supplyAsync(() -> awaitEnd(operation), Thread::startVirtualThread);
        go.countDown();
        assertThat(waiting.join().status()).isEqualTo(OperationStatus.SUCCEEDED);
    }

    @Test
    void whoWaitsIsToldWhatAnotherInstanceDid() {
        var operation = unscheduled(_ -> null);
        var waiting = CompletableFuture.supplyAsync(() -> awaitEnd(operation), Thread::startVirtualThread);

        inTenant(() -> jdbc.update(
                "update operation set status = 'CANCELLED', ended_at = now(), version = version + 1 where id = ?",
                operation.id()));

        assertThat(waiting.join().status()).isEqualTo(OperationStatus.CANCELLED);
    }

    @Test
    void whoWaitsIsToldAtOnceOfWhatThisInstanceCommitsAndOfNothingElse() throws Exception {
        var operation = unscheduled(_ -> null);
        var neverRefreshed = new OperationWatch(transactions, store, Duration.ofHours(1));
        var own = new Operations(
                store, handlers, neverRefreshed, jobList, transactions, _ -> {}, Clock.systemUTC(), settings);

        try (var following = own.follow(operation.id())) {
            assertThatThrownBy(() -> inTenant(() -> {
                        own.save(operation, operation.begin(1, operation.createdAt()));
                        throw new UnsupportedOperationException("changed my mind");
                    }))
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThat(following.next(0, Duration.ofMillis(20))).isNull();

            own.cancel(operation, ANNA, CAUSE, null);

            assertThat(requireNonNull(following.next(operation.version(), PATIENCE))
                            .status())
                    .isEqualTo(OperationStatus.CANCELLED);
        }
    }
}
