package com.misybot.tenancy.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailureLimitTests {

    private static final String HERE = "192.0.2.1";
    private static final String THERE = "192.0.2.2";

    private final AtomicLong now = new AtomicLong();
    private final FailureLimit limit = new FailureLimit(now::get);

    @Test
    void blocksAPairAfterTenFailures() {
        fail("key", HERE, 9);
        assertThat(limit.blocked("key", HERE)).isEmpty();

        fail("key", HERE, 1);
        assertThat(limit.blocked("key", HERE)).contains(Duration.ofMinutes(1));
    }

    @Test
    void blocksNobodyElse() {
        fail("key", HERE, 10);

        assertThat(limit.blocked("key", THERE)).isEmpty();
        assertThat(limit.blocked("other", HERE)).isEmpty();
    }

    @Test
    void opensAgainAMinuteAfterTheFirstFailure() {
        fail("key", HERE, 1);
        pass(Duration.ofSeconds(50));
        fail("key", HERE, 9);
        assertThat(limit.blocked("key", HERE)).contains(Duration.ofSeconds(10));

        pass(Duration.ofSeconds(10));
        assertThat(limit.blocked("key", HERE)).isEmpty();
    }

    private void fail(String keyId, String address, int times) {
        for (var i = 0; i < times; i++) {
            limit.failed(keyId, address);
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
