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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.CannotCreateTransactionException;

class TurnsTests {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final Scope.Tenant anna = Scope.tenant(UUID.randomUUID());
    private final Scope.Tenant bert = Scope.tenant(UUID.randomUUID());
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

    private CompletableFuture<String> hold(Turns turns, Scope scope, String name) {
        return CompletableFuture.supplyAsync(() -> turns.take(scope, true, holding(name)), threads);
    }

    @Test
    void letsOneOfATenantInAndAnotherTenantBesideIt() {
        var turns = new Turns(2, 1, 1, LONG);
        var first = hold(turns, anna, "first of Anna");
        await().until(() -> begun.size() == 1);
        var second = hold(turns, anna, "second of Anna");

        var other = hold(turns, bert, "Bert");
        await().until(() -> begun.size() == 2);

        assertThat(begun).containsExactly("first of Anna", "Bert");
        end.countDown();
        assertThat(List.of(first.join(), second.join(), other.join()))
                .containsExactly("first of Anna", "second of Anna", "Bert");
        assertThat(begun).hasSize(3);
    }

    @Test
    void letsThroughWhatTellsNobodyBesideTheTenantsTurn() {
        var turns = new Turns(2, 1, 1, SHORT);
        var held = hold(turns, anna, "held");
        await().until(() -> !begun.isEmpty());

        assertThat(turns.<String>take(anna, false, () -> "untold")).isEqualTo("untold");

        end.countDown();
        assertThat(held.join()).isEqualTo("held");
    }

    @Test
    void goesOnWithoutTheTurnOfATenantThatSomebodyKeeps() {
        var turns = new Turns(2, 1, 1, SHORT);
        var stuck = hold(turns, anna, "stuck");
        await().until(() -> !begun.isEmpty());

        assertThat(turns.<String>take(anna, true, () -> "next")).isEqualTo("next");

        end.countDown();
        assertThat(stuck.join()).isEqualTo("stuck");
        assertThat(turns.<String>take(anna, true, () -> "last")).isEqualTo("last");
    }

    @Test
    void leavesPlacesToRequestsWhereJobsHaveAllOfTheirs() {
        var turns = new Turns(2, 1, 1, SHORT);
        var job = CompletableFuture.supplyAsync(
                () -> Turns.<String>inBackground(() -> turns.take(anna, true, holding("job"))), threads);
        await().until(() -> !begun.isEmpty());

        assertTooLate("PT0.6S", () -> Turns.<String>inBackground(() -> turns.take(bert, true, () -> "another job")));
        assertThat(turns.<String>take(bert, true, () -> "request")).isEqualTo("request");

        end.countDown();
        assertThat(job.join()).isEqualTo("job");
    }

    @Test
    void givesUpWaitingForAPlace() {
        var turns = new Turns(1, 1, 1, SHORT);
        var ofTenant = hold(turns, anna, "of a tenant");
        var ofPlatform = hold(turns, Scope.platform(), "of the platform");
        await().until(() -> begun.size() == 2);

        assertTooLate("PT0.05S", () -> turns.take(Scope.platform(), true, () -> "never"));
        assertTooLate("PT0.05S", () -> turns.take(bert, true, () -> "never"));

        end.countDown();
        assertThat(List.of(ofTenant.join(), ofPlatform.join())).containsExactly("of a tenant", "of the platform");
        assertThat(turns.<String>take(bert, true, () -> "now")).isEqualTo("now");
    }

    @Test
    void givesBackTheTurnAndThePlaceOfWhatFails() {
        var turns = new Turns(1, 1, 1, SHORT);
        for (var i = 0; i < 3; i++) {
            assertThatThrownBy(() -> turns.<String>take(anna, true, () -> {
                        throw new UnsupportedOperationException("changed my mind");
                    }))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
        assertThat(turns.<String>take(anna, true, () -> "done")).isEqualTo("done");
    }

    private static void assertTooLate(String wait, ThrowingCallable taking) {
        assertThatThrownBy(taking)
                .isInstanceOf(CannotCreateTransactionException.class)
                .hasMessage("The turn of a change did not come within " + wait);
    }
}
