package com.misybot.tenancy.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BatchedLookupTests {

    private final AtomicInteger questions = new AtomicInteger();

    @Test
    void aBurstOfKeysCostsFewQuestions() throws Exception {
        var first = new CountDownLatch(1);
        var lookup = new BatchedLookup<Integer, String>(keys -> {
            if (questions.incrementAndGet() == 1) {
                wait(first);
            }
            return evenOnes(keys);
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var alone = threads.submit(() -> lookup.find(-1));
            await().until(() -> questions.get() == 1);
            List<Future<String>> answers = new ArrayList<>();
            for (var key = 0; key < 1_000; key++) {
                var mine = key;
                answers.add(threads.submit(() -> lookup.find(mine)));
            }
            await().until(() -> lookup.waiting() == 1_000);
            first.countDown();
            assertThat(alone.get()).isNull();
            for (var key = 0; key < 1_000; key++) {
                assertThat(answers.get(key).get()).isEqualTo(key % 2 == 0 ? "v" + key : null);
            }
        }
        // one alone, then 500 at a time
        assertThat(questions).hasValue(3);
    }

    @Test
    void tellsEveryOneOfAFailureAndGoesOn() {
        var lookup = new BatchedLookup<Integer, String>(keys -> {
            if (questions.incrementAndGet() == 1) {
                throw new IllegalStateException("away");
            }
            return evenOnes(keys);
        });
        assertThatThrownBy(() -> lookup.find(2)).isInstanceOf(IllegalStateException.class);
        assertThat(lookup.find(2)).isEqualTo("v2");
    }

    private static Map<Integer, String> evenOnes(Collection<Integer> keys) {
        var found = new HashMap<Integer, String>();
        keys.stream().filter(key -> key % 2 == 0).forEach(key -> found.put(key, "v" + key));
        return found;
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
