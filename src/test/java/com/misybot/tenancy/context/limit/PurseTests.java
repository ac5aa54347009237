package com.misybot.tenancy.context.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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

    private static Grants.Grant nothing() {
        return new Grants.Grant(0, 50, "0", 0, 400);
    }

    private Purse purse(Executor asking, Grants grants) {
        Grants counted = (budget, wanted, rests) -> {
            asked.incrementAndGet();
            return grants.ask(budget, wanted, List.copyOf(rests));
        };
        return new Purse(new Purse.House(nanos::get, asking, away, 10, Duration.ofMillis(50)), counted);
    }
}
