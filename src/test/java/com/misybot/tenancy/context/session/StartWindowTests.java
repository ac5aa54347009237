package com.misybot.tenancy.context.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.context.redis.ForeignValues;
import com.misybot.tenancy.context.redis.PatientRedis;
import com.misybot.tenancy.context.redis.RedisDoor;
import com.misybot.tenancy.context.redis.RedisEars;
import com.misybot.tenancy.context.session.SessionStore.Bounds;
import com.misybot.tenancy.context.session.SessionStore.Start;
import com.misybot.tenancy.context.session.SessionStore.Start.Outcome;
import com.misybot.tenancy.kernel.RedisKeys;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** Starts from one network in any minute, by a clock that the test moves. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class StartWindowTests {

    private static final int MOST = 5;
    private static final long MINUTE = 60_000;
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final RedisDoor redis;
    private final MeterRegistry meters;
    private final SessionStore store;
    private final AtomicLong millis = new AtomicLong(1_800_000_000_000L);
    private final UUID tenant = UUID.randomUUID();
    private int drawn;

    StartWindowTests(RedisEars ears, SessionFormat format, ForeignValues foreign, MeterRegistry meters) {
        this.redis = PatientRedis.door(ears);
        this.meters = meters;
        this.store = new SessionStore(redis, format, foreign, () -> Long.toString(millis.get()));
    }

    @BeforeEach
    void redisIsThere() {
        Awaitility.await().ignoreExceptions().until(() -> redis.call(commands -> commands.ping()) != null);
    }

    @Test
    void doesNotAllowTwiceTheLimitAcrossTheBorderOfAMinute() {
        assertThat(start().outcome()).isEqualTo(Outcome.STARTED);
        millis.addAndGet(59_000);
        assertThat(untilRefused()).isEqualTo(MOST - 1);

        millis.addAndGet(2_000);
        assertThat(untilRefused())
                .as("the first of them is over, the others are not")
                .isEqualTo(1);
        millis.addAndGet(58_999);
        assertThat(untilRefused()).isZero();
        millis.addAndGet(1);
        assertThat(untilRefused()).isEqualTo(MOST - 1);
    }

    @Test
    void thereAreNeverMoreInAnyMinute() {
        var random = new Random(7);
        var started = new ArrayList<Long>();
        for (var n = 0; n < 600; n++) {
            if (start().outcome() == Outcome.STARTED) {
                started.add(millis.get());
            }
            millis.addAndGet(random.nextInt(random.nextInt(10) == 0 ? 30_000 : 1_500));
        }
        for (var i = MOST; i < started.size(); i++) {
            assertThat(started.get(i) - started.get(i - MOST)).isGreaterThanOrEqualTo(MINUTE);
        }
        assertThat(started).hasSizeGreaterThan(5 * MOST);
    }

    @Test
    void saysWhenTheNextIsAllowed() {
        millis.addAndGet(400);
        assertThat(untilRefused()).isEqualTo(MOST);
        millis.addAndGet(10_300);

        var pause = start().pause();
        assertThat(pause).isBetween(Duration.ofMillis(MINUTE - 10_300), Duration.ofMillis(MINUTE - 9_300));
        millis.addAndGet(pause.toMillis() - 1);
        assertThat(start().outcome()).isEqualTo(Outcome.TOO_MANY_STARTS);
        millis.addAndGet(1);
        assertThat(start().outcome()).isEqualTo(Outcome.STARTED);
    }

    @Test
    void aRefusedStartPutsTheNextOneOffNoFurther() {
        assertThat(untilRefused()).isEqualTo(MOST);
        for (var second = 0; second < 61; second++) {
            assertThat(start().outcome()).isEqualTo(Outcome.TOO_MANY_STARTS);
            millis.addAndGet(1_000);
        }
        assertThat(untilRefused()).isEqualTo(MOST);
    }

    @Test
    void keepsNoMoreThanAMinuteAndNothingForGood() {
        for (var n = 0; n < 200; n++) {
            start(1_000);
            millis.addAndGet(1_000);
        }
        long slots = redis.call(commands -> commands.hgetall(key())).size();
        assertThat(slots).isBetween(60L, 62L);
        long left = redis.call(commands -> commands.pttl(key()));
        assertThat(left).isBetween(1L, MINUTE + 1_000);
    }

    @Test
    void removesAndTellsWhatItHasNotCounted() {
        var events = meters.counter("tenancy.security.events", "kind", "foreign_value");
        for (var odd : List.of(
                List.of("x", "1"),
                List.of("1", "x"),
                List.of("1799999999", "-5000"),
                // a slot that is far ahead would count for ever
                List.of("9900000000", "5000"))) {
            var before = events.count();
            redis.call(commands -> commands.hset(key(), odd.getFirst(), odd.getLast()));
            assertThat(start().outcome()).as(odd.toString()).isEqualTo(Outcome.STARTED);
            assertThat(events.count()).isEqualTo(before + 1);
            redis.call(commands -> commands.del(key()));
        }
        var before = events.count();
        redis.call(commands -> commands.set(key(), "7"));
        assertThat(untilRefused()).isEqualTo(MOST);
        assertThat(events.count()).isEqualTo(before + 1);
    }

    private String key() {
        return RedisKeys.limit(tenant, "starts:net");
    }

    private int untilRefused() {
        var started = 0;
        while (start().outcome() == Outcome.STARTED) {
            started++;
        }
        return started;
    }

    private Start start() {
        return start(MOST);
    }

    private Start start(int most) {
        var session = new Session(
                tenant,
                "%08d".formatted(drawn++),
                1,
                "hash",
                Assurance.ORIGIN,
                null,
                null,
                "{}",
                0,
                NOW,
                Duration.ofMinutes(5),
                NOW.plus(Duration.ofHours(1)),
                "client");
        return store.start(session, NOW, new Bounds("net", most, 10_000));
    }
}
