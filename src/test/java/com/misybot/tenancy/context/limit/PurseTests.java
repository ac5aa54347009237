package com.misybot.tenancy.context.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PurseTests {

    private static final int RATE = 100;

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final Away away = new Away(nanos::get);

    @Test
    void asksForTheNextLeaseBeforeThisOneIsSpent() {
        var later = new ArrayDeque<Runnable>();
        var purse = purse(
                task -> {
                    if (asked.get() == 0) {
                        task.run();
                    } else {
                        later.add(task);
                    }
                },
                (_, _, _) -> new Grants.Grant(4, 1_000, "1", 50, 0));

        assertThat(purse.take(RATE)).isTrue();
        assertThat(later).isEmpty();
        assertThat(purse.take(RATE)).isTrue();
        assertThat(later).hasSize(1);
        assertThat(purse.take(RATE)).isTrue();
        assertThat(later).as("one at a time").hasSize(1);
        later.remove().run();
        for (var i = 0; i < 5; i++) {
            assertThat(purse.take(RATE)).isTrue();
        }
    }

    @Test
    void doesNotSpendWhatIsTooLate() {
        var purse =
                purse(Runnable::run, (_, _, _) -> asked.get() == 1 ? new Grants.Grant(5, 50, "1", 0, 0) : nothing());

        assertThat(purse.take(RATE)).isTrue();
        nanos.addAndGet(Duration.ofMillis(50).toNanos());
        assertThat(purse.take(RATE)).isFalse();
    }

    @Test
    void believesARefusalForAMoment() {
        var purse = purse(Runnable::run, (_, _, _) -> nothing());

        assertThat(purse.take(RATE)).isFalse();
        assertThat(purse.take(RATE)).isFalse();
        assertThat(asked).hasValue(1);
        assertThat(purse.untilFree(nanos.get())).isEqualTo(Duration.ofMillis(400));
        nanos.addAndGet(Duration.ofMillis(50).toNanos());
        assertThat(purse.take(RATE)).isFalse();
        assertThat(asked).hasValue(2);
    }

    @Test
    void waitsOnceForARedisThatHangs() {
        var never = new CountDownLatch(1);
        var purse = purse(task -> Thread.ofVirtual().start(task), (_, _, _) -> {
            try {
                never.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            return null;
        });
        var began = System.nanoTime();
        var passed = 0;
        while (purse.take(RATE)) {
            passed++;
        }

        assertThat(passed).isEqualTo(RATE);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofMillis(50), Duration.ofSeconds(5));
        assertThat(asked).hasValue(1);
        never.countDown();
    }

    @Test
    void asksAgainASecondAfterRedisWentAway() {
        var purse = purse(Runnable::run, (_, _, _) -> asked.get() == 1 ? null : nothing());

        assertThat(purse.take(RATE)).as("by itself").isTrue();
        nanos.addAndGet(Duration.ofMillis(999).toNanos());
        assertThat(purse.take(RATE)).as("still by itself").isTrue();
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(purse.take(RATE)).isFalse();
        assertThat(asked).hasValue(2);
    }

    @Test
    void asksForAPortionAtMostAndForNoMoreThanItSpends() {
        var wanted = new ArrayList<Integer>();
        var budgets = new HashSet<Integer>();
        var purse = purse(Runnable::run, (budget, want, _) -> {
            budgets.add(budget);
            wanted.add(want);
            return new Grants.Grant(want, 1_000, "1", 50, 0);
        });

        spend(purse, 40);
        assertThat(wanted.stream().distinct()).containsExactly(1, 2, 4, 5);
        assertThat(budgets).containsExactly(105);

        // one of five spent in its time: the next time one is asked for
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        wanted.clear();
        spend(purse, 1);
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        spend(purse, 1);
        assertThat(wanted).last().isEqualTo(1);
    }

    @Test
    void asksForAsManyAsWaitForIt() throws Exception {
        var first = new CompletableFuture<Runnable>();
        var wanted = new ArrayList<Integer>();
        var purse = patient(first::complete, (_, want, _) -> {
            wanted.add(want);
            return new Grants.Grant(want, 1_000, "1", 50, 0);
        });
        var threads = Stream.generate(() -> Thread.ofPlatform().start(() -> purse.take(RATE)))
                .limit(3)
                .toList();
        Awaitility.await()
                .until(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));

        first.get().run();

        for (var thread : threads) {
            thread.join();
        }
        assertThat(wanted).containsExactly(3);
    }

    @Test
    void spendsAllOfALeaseBeforeTheNextAndAsksForOneAtATime() {
        var purse = purse(Runnable::run, (_, _, _) -> new Grants.Grant(4, 1_000, "1", 50, 0));

        spend(purse, 5);
        assertThat(asked)
                .as("the first, and the next when half of it was spent")
                .hasValue(2);
        spend(purse, 2);
        assertThat(asked).as("half of the next is spent").hasValue(3);
    }

    @Test
    void aPortionOfOneIsNotAskedForAhead() {
        var purse = purse(Runnable::run, (_, _, _) -> new Grants.Grant(1, 1_000, "1", 5, 0));

        for (var spent = 1; spent <= 5; spent++) {
            assertThat(purse.take(10)).isTrue();
            assertThat(asked).hasValue(spent);
        }
    }

    @Test
    void givesBackOnceWhatItDidNotSpend() {
        var back = new ArrayList<Grants.Rest>();
        var purse = purse(Runnable::run, (_, _, rests) -> {
            back.addAll(rests);
            return new Grants.Grant(8, 100, "s" + asked.get(), 50, 0);
        });

        spend(purse, 3);
        nanos.addAndGet(Duration.ofMillis(100).toNanos());
        spend(purse, 1);
        assertThat(back).containsExactly(new Grants.Rest("s1", 5));
        nanos.addAndGet(Duration.ofMillis(100).toNanos());
        spend(purse, 1);
        assertThat(back).containsExactly(new Grants.Rest("s1", 5), new Grants.Rest("s2", 7));
    }

    @Test
    void givesBackWhatItAskedForAheadAndWasTooLateToSpend() {
        var back = new ArrayList<Grants.Rest>();
        var purse = purse(Runnable::run, (_, _, rests) -> {
            back.addAll(rests);
            return new Grants.Grant(8, asked.get() == 2 ? 50 : 1_000, "s" + asked.get(), 50, 0);
        });

        spend(purse, 4);
        assertThat(asked).as("the second is there and lasts less").hasValue(2);
        nanos.addAndGet(Duration.ofMillis(60).toNanos());
        spend(purse, 1);
        assertThat(asked).as("and is replaced by a third").hasValue(3);
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        spend(purse, 1);
        assertThat(back).contains(new Grants.Rest("s2", 8));
    }

    @Test
    void aLeaseLastsFromBeforeItWasAskedFor() {
        var purse = purse(Runnable::run, (_, _, _) -> {
            nanos.addAndGet(Duration.ofMillis(30).toNanos());
            return asked.get() == 1 ? new Grants.Grant(5, 50, "1", 0, 0) : nothing();
        });

        assertThat(purse.take(RATE)).isTrue();
        nanos.addAndGet(Duration.ofMillis(20).toNanos());
        assertThat(purse.take(RATE)).isFalse();
    }

    @Test
    void spendsItsShareOfAPortionUnaskedAndEvenly() {
        var purse = purse(Runnable::run, (_, _, _) -> nothing());
        var passed = new ArrayList<Long>();
        for (var millis = 0L; millis < 2_000; millis++) {
            if (purse.take(1_000)) {
                passed.add(millis);
            }
            nanos.addAndGet(Duration.ofMillis(1).toNanos());
        }
        // a tenth of 5 % of 1,000
        assertThat(passed).containsExactly(0L, 200L, 400L, 600L, 800L, 1_000L, 1_200L, 1_400L, 1_600L, 1_800L);
    }

    @Test
    void withoutRedisASecondHasTheWholeRateAndNoMore() {
        var purse = purse(Runnable::run, (_, _, _) -> null);

        spend(purse, RATE);
        assertThat(purse.take(RATE)).isFalse();
        assertThat(purse.untilFree(nanos.get())).isEqualTo(Duration.ofSeconds(1));
        nanos.addAndGet(Duration.ofMillis(999).toNanos());
        assertThat(purse.take(RATE)).isFalse();
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        spend(purse, RATE);
        assertThat(purse.take(RATE)).isFalse();
        assertThat(asked).as("once a second").hasValue(2);
    }

    @Test
    void isTightWhereMoreThanHalfIsUsed() {
        for (var left : new int[] {50, 49}) {
            var purse = purse(Runnable::run, (_, _, _) -> new Grants.Grant(1, 50, "1", left, 0));
            assertThat(purse.isTight(RATE)).as("nothing is known").isFalse();
            spend(purse, 1);
            assertThat(purse.isTight(RATE)).isEqualTo(left < 50);
            assertThat(purse.left()).isEqualTo(left);
        }
    }

    @Test
    void aLeaseThatIsClosedIsSpentNoMore() {
        var lease = new Lease(5, 0, 1_000, "s");
        assertThat(lease.take(10)).isTrue();
        assertThat(lease.close()).isEqualTo(new Grants.Rest("s", 4));
        assertThat(lease.take(10)).isFalse();
        assertThat(lease.close().count()).isZero();
    }

    private static void spend(Purse purse, int many) {
        for (var n = 0; n < many; n++) {
            assertThat(purse.take(RATE)).isTrue();
        }
    }

    private static Grants.Grant nothing() {
        return new Grants.Grant(0, 50, "0", 0, 400);
    }

    private Purse purse(Executor asking, Grants grants) {
        return purse(asking, grants, Duration.ofMillis(50));
    }

    private Purse patient(Executor asking, Grants grants) {
        return purse(asking, grants, Duration.ofSeconds(30));
    }

    private Purse purse(Executor asking, Grants grants, Duration patience) {
        Grants counted = (budget, wanted, rests) -> {
            asked.incrementAndGet();
            return grants.ask(budget, wanted, List.copyOf(rests));
        };
        return new Purse(new Purse.House(nanos::get, asking, away, 10, patience), counted);
    }
}
