package com.misybot.tenancy.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.CannotCreateTransactionException;

class TurnsTests {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final UUID anna = UUID.randomUUID();
    private final UUID bert = UUID.randomUUID();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Queue<String> begun = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void end() {
        end.countDown();
        threads.close();
    }

    /** Work that takes until the end of the test. */
    private Supplier<String> holding(String name) {
        return () -> {
            begun.add(name);
            try {
                assertThat(end.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return name;
        };
    }

    @Test
    void letsOneOfATenantInAndAnotherTenantBesideIt() {
        var turns = new Turns(2, LONG);
        var first = CompletableFuture.supplyAsync(() -> turns.take(anna, holding("first of Anna")), threads);
        await().until(() -> begun.size() == 1);
        var second = CompletableFuture.supplyAsync(() -> turns.take(anna, holding("second of Anna")), threads);

        var other = CompletableFuture.supplyAsync(() -> turns.take(bert, holding("Bert")), threads);
        await().until(() -> begun.size() == 2);

        assertThat(begun).containsExactly("first of Anna", "Bert");
        end.countDown();
        assertThat(List.of(first.join(), second.join(), other.join()))
                .containsExactly("first of Anna", "second of Anna", "Bert");
        assertThat(begun).hasSize(3);
    }

    @Test
    void givesUpWaitingForAPlace() {
        var turns = new Turns(1, Duration.ofMillis(50));
        var held = CompletableFuture.supplyAsync(() -> turns.take(holding("held")), threads);
        await().until(() -> !begun.isEmpty());

        assertThatThrownBy(() -> turns.take(() -> "never"))
                .isInstanceOf(CannotCreateTransactionException.class)
                .hasMessage("The turn of a change did not come within PT0.05S");
        assertThatThrownBy(() -> turns.take(anna, () -> "never")).isInstanceOf(CannotCreateTransactionException.class);

        end.countDown();
        assertThat(held.join()).isEqualTo("held");
        assertThat(turns.<String>take(anna, () -> "now")).isEqualTo("now");
    }

    @Test
    void givesBackTheTurnAndThePlaceOfWhatFails() {
        var turns = new Turns(1, Duration.ofMillis(50));
        for (var i = 0; i < 3; i++) {
            assertThatThrownBy(() -> turns.<String>take(anna, () -> {
                        throw new UnsupportedOperationException("changed my mind");
                    }))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
        assertThat(turns.<String>take(anna, () -> "done")).isEqualTo("done");
    }
}
