package com.misybot.tenancy.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Transactions that lose to others, on real PostgreSQL. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
class ScopedTransactionsTests {

    private final ScopedTransactions transactions;
    private final JdbcClient jdbc;
    private final EntityManager entities;
    private final JdbcTemplate owner;
    private final int connections;

    ScopedTransactionsTests(
            @Autowired ScopedTransactions transactions,
            @Autowired JdbcClient jdbc,
            @Autowired EntityManager entities,
            @Autowired @Qualifier("ownerDataSource") DataSource owner,
            @Value("${tenancy.isolation.pool-size:10}") int connections) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.entities = entities;
        this.owner = new JdbcTemplate(owner);
        this.connections = connections;
    }

    @Test
    void letsBothWinThatWereCaughtInADeadlock() {
        owner.execute("create table counter (id int primary key, value int); insert into counter values (1, 0), (2, 0);"
                + " grant select, update on counter to tenancy_platform");
        var attempts = new AtomicInteger();
        var bothHoldOne = new CyclicBarrier(2);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture.allOf(
                            CompletableFuture.runAsync(() -> countUp(1, 2, attempts, bothHoldOne), threads),
                            CompletableFuture.runAsync(() -> countUp(2, 1, attempts, bothHoldOne), threads))
                    .orTimeout(1, TimeUnit.MINUTES)
                    .join();

            assertThat(owner.queryForList("select value from counter", Integer.class))
                    .containsExactly(2, 2);
            assertThat(attempts).hasValue(3);
        } finally {
            owner.execute("drop table counter");
        }
    }

    private void countUp(int first, int second, AtomicInteger attempts, CyclicBarrier bothHoldOne) {
        transactions.change(Scope.platform(), () -> {
            var met = attempts.incrementAndGet() > 2;
            countUp(first);
            if (!met) {
                meet(bothHoldOne);
            }
            return countUp(second);
        });
    }

    private int countUp(int id) {
        return jdbc.sql("update counter set value = value + 1 where id = ?")
                .param(id)
                .update();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void triesThreeTimesWhatLosesToAnotherTransaction(String state) {
        assertThat(attempts(() -> jdbc.sql(failing(state)).update())).isEqualTo(3);
        assertThat(attempts(() -> entities.createNativeQuery(failing(state)).executeUpdate()))
                .as("through JPA")
                .isEqualTo(3);
    }

    /** A unique key, a lock that was waited for too long, a cancelled statement: the same would happen again. */
    @ParameterizedTest
    @ValueSource(strings = {"23505", "55P03", "57014"})
    void triesOnceWhatLosesToNobody(String state) {
        assertThat(attempts(() -> jdbc.sql(failing(state)).update())).isEqualTo(1);
        assertThat(attempts(() -> entities.createNativeQuery(failing(state)).executeUpdate()))
                .as("through JPA")
                .isEqualTo(1);
    }

    @Test
    void leavesItToTheOuterTransactionToTryAgain() {
        var outer = new AtomicInteger();
        var inner = new AtomicInteger();

        assertThatThrownBy(() -> transactions.change(Scope.platform(), () -> {
                    outer.incrementAndGet();
                    return transactions.change(Scope.platform(), () -> {
                        inner.incrementAndGet();
                        return jdbc.sql(failing("40001")).update();
                    });
                }))
                .hasStackTraceContaining("planted");

        assertThat(outer).hasValue(3);
        assertThat(inner).hasValue(3);
    }

    /** Changes that have all places, and one that waits for them, leave a connection to readers. */
    @Test
    void readsWhileAllPlacesOfChangesAreTaken() throws Exception {
        var changes = connections * 4 / 5;
        var begun = new CountDownLatch(changes);
        var end = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < connections + changes; i++) {
                threads.execute(() -> transactions.change(Scope.platform(), () -> {
                    begun.countDown();
                    return hold(end);
                }));
            }
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

            assertThat(transactions.<Integer>read(
                            Scope.platform(),
                            () -> jdbc.sql("select 1").query(Integer.class).single()))
                    .isEqualTo(1);
            end.countDown();
        }
    }

    /** What is done afterwards may wait for as many others as it likes: it has neither a connection nor a place. */
    @Test
    void givesBackThePlaceAndTheConnectionBeforeWhatIsDoneAfterwards() {
        var all = new CyclicBarrier(connections + 1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = new ArrayList<CompletableFuture<?>>();
            for (var i = 0; i < connections + 1; i++) {
                done.add(CompletableFuture.runAsync(
                        () -> transactions.change(Scope.tenant(UUID.randomUUID()), () -> {
                            jdbc.sql("select 1").query(Integer.class).single();
                            ScopedTransactions.afterwards(() -> meet(all));
                            return null;
                        }),
                        threads));
            }
            CompletableFuture.allOf(done.toArray(CompletableFuture[]::new))
                    .orTimeout(1, TimeUnit.MINUTES)
                    .join();
        }
    }

    private static boolean hold(CountDownLatch end) {
        try {
            return end.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private int attempts(Runnable work) {
        var attempts = new AtomicInteger();
        assertThatThrownBy(() -> transactions.change(Scope.platform(), () -> {
                    attempts.incrementAndGet();
                    work.run();
                    return 0;
                }))
                .hasStackTraceContaining("planted");
        return attempts.get();
    }

    private static String failing(String state) {
        return "do $$ begin raise exception 'planted' using errcode = '" + state + "'; end $$";
    }
}
