package com.misybot.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What has to hold some time after a change. A question that was put before that time was over may be answered the old way;
 * one that was put after it may not, however slow the machine is that runs the test.
 */
public final class Promised {

    private Promised() {}

    /** Asks until it holds; fails on the first question that was put too late to be answered the old way. */
    public static void within(Duration promise, BooleanSupplier holds) {
        var start = System.nanoTime();
        await().atMost(promise.plusSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    var asked = System.nanoTime() - start;
                    var held = holds.getAsBoolean();
                    assertThat(held || asked <= promise.toNanos())
                            .as("holds %d ms after the change", asked / 1_000_000)
                            .isTrue();
                    return held;
                });
    }
}
