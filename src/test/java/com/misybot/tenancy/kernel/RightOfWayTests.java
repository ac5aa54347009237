package com.misybot.tenancy.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RightOfWayTests {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final AtomicBoolean reading = new AtomicBoolean(true);
    private final CountDownLatch end = new CountDownLatch(1);
    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    @AfterEach
    void end() {
        end.countDown();
    }

    private Thread start(RightOfWay way, String name, Supplier<String> change) {
        return Thread.ofPlatform().name(name).start(() -> told.add(way.give(change)));
    }

    private String untilTheEnd() {
        told.add("first began");
        try {
            assertThat(end.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return "first is done";
    }

    /** A way with one place, which somebody has until the end of the test. */
    private RightOfWay taken(Duration stuck) {
        var way = new RightOfWay(1, stuck, LONG, reading::get);
        start(way, "first", this::untilTheEnd);
        await().until(() -> told.contains("first began"));
        return way;
    }

    @Test
    void letsTheNextGoOnWhenOneComesBack() throws Exception {
        var way = taken(LONG);
        var second = start(way, "second", () -> "second is done");
        await().until(() -> second.getState() == Thread.State.TIMED_WAITING);

        end.countDown();
        second.join();

        await().untilAsserted(() ->
                assertThat(told).containsExactlyInAnyOrder("first began", "first is done", "second is done"));
    }

    @Test
    void keepsTheNextWaitingAsLongAsSomebodyHasThePlace() {
        var way = taken(LONG);
        var second = start(way, "second", () -> "second is done");

        await().until(() -> second.getState() == Thread.State.TIMED_WAITING);

        assertThat(told).containsExactly("first began");
    }

    @Test
    void goesOnWhereNobodyComesBack() {
        var way = taken(SHORT);

        assertThat(way.<String>give(() -> "went on")).isEqualTo("went on");
        assertThat(told).containsExactly("first began");
    }

    @Test
    void waitsForNothingWhereNobodyReads() {
        var way = taken(LONG);
        reading.set(false);

        assertThat(way.<String>give(() -> "went on")).isEqualTo("went on");
        assertThat(told).containsExactly("first began");
    }

    @Test
    void goesOnWhereItIsInterrupted() throws Exception {
        var way = taken(LONG);
        var second = start(way, "second", () -> Thread.currentThread().isInterrupted() ? "interrupted" : "not told");
        await().until(() -> second.getState() == Thread.State.TIMED_WAITING);

        second.interrupt();
        second.join();

        assertThat(told).containsExactly("first began", "interrupted");
    }

    @Test
    void givesThePlaceBackWhereAChangeFails() {
        var way = new RightOfWay(1, LONG, LONG, reading::get);
        for (var i = 0; i < 3; i++) {
            try {
                way.<String>give(() -> {
                    throw new UnsupportedOperationException("changed my mind");
                });
            } catch (UnsupportedOperationException expected) {
                told.add(String.valueOf(expected.getMessage()));
            }
        }
        assertThat(told).hasSize(3);
        assertThat(way.<String>give(() -> "went on")).isEqualTo("went on");
    }
}
