package com.misybot.tenancy.context.limit;

import static com.misybot.tenancy.context.limit.Instances.passes;
import static com.misybot.tenancy.context.limit.Instances.untilRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.context.redis.AbsentRedis;
import com.misybot.tenancy.context.redis.ForeignValues;
import com.misybot.tenancy.context.redis.RedisDoor;
import com.misybot.tenancy.kernel.RedisKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class RateLimitsTests {

    private static final int SECOND = 1_000;

    private final RedisDoor redis;
    private final ForeignValues foreign;
    private final Instances instances;
    private final UUID tenant = UUID.randomUUID();

    RateLimitsTests(RedisDoor redis, ForeignValues foreign) {
        this.redis = redis;
        this.foreign = foreign;
        this.instances = new Instances(redis, foreign);
    }

    /** Instances connect to Redis in the background. */
    @BeforeEach
    void redisIsThere() {
        Awaitility.await().ignoreExceptions().until(() -> redis.call(commands -> commands.ping()) != null);
    }

    @ParameterizedTest
    @CsvSource({"3, 4, 1", "20, 2, 2", "200, 4, 3", "1000, 4, 4", "1000, 10, 5", "40000, 4, 6"})
    void allInstancesTogetherStayBelowElevenTenthsInAnySecond(int perSecond, int count, long seed) {
        var passed = new int[8 * SECOND];
        var all = IntStream.range(0, count).mapToObj(_ -> instances.instance()).toList();
        var random = new Random(seed);
        var eagerness = new int[count];
        for (var millis = 0; millis < passed.length; millis++) {
            if (millis % 130 == 0) {
                // from silence to far too much, each instance for itself
                IntStream.range(0, count).forEach(i -> eagerness[i] = random.nextInt(-2, 4));
            }
            for (var i = 0; i < count; i++) {
                for (var n = 0; n < eagerness[i] * Math.max(1, perSecond / SECOND); n++) {
                    passed[millis] += passes(all.get(i), tenant, perSecond) ? 1 : 0;
                }
            }
            instances.move(Duration.ofMillis(1));
        }

        var most = 0;
        for (var from = 0; from + SECOND <= passed.length; from++) {
            most = Math.max(
                    most,
                    IntStream.range(from, from + SECOND).map(at -> passed[at]).sum());
        }
        assertThat(most).isLessThanOrEqualTo((int) (perSecond * 1.1));
    }

    @ParameterizedTest
    @CsvSource({"5, 1", "20, 2", "200, 1", "200, 4", "2000, 4"})
    void whoAsksForMoreGetsNearlyAllOfTheRate(int perSecond, int count) {
        var seconds = 6;
        var all = IntStream.range(0, count).mapToObj(_ -> instances.instance()).toList();
        var passed = 0;
        for (var millis = 0; millis < seconds * SECOND; millis++) {
            for (var instance : all) {
                for (var n = 0; n <= perSecond * 2 / SECOND; n++) {
                    passed += passes(instance, tenant, perSecond) ? 1 : 0;
                }
            }
            instances.move(Duration.ofMillis(1));
        }

        assertThat(passed)
                .isBetween((int) (perSecond * seconds * 0.88), (int) (perSecond * seconds * 1.1) + perSecond / 10);
    }

    @Test
    void aBurstOfTheWholeRatePassesAtOnceAndTheNextWaits() {
        var instance = instances.instance();

        assertThat(untilRefused(instance, tenant, 10)).isEqualTo(10);
        instances.move(Duration.ofMillis(900));
        assertThat(passes(instance, tenant, 10)).isFalse();
        instances.move(Duration.ofMillis(1_200));
        assertThat(untilRefused(instance, tenant, 10)).isEqualTo(10);
    }

    @Test
    void nothingIsGivenToTwo() throws Exception {
        var perSecond = 1_000;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var two = List.of(instances.instance(threads), instances.instance(threads));
            var work = new ArrayList<Callable<Integer>>();
            for (var i = 0; i < 16; i++) {
                var instance = two.get(i % 2);
                work.add(() -> untilRefused(instance, tenant, perSecond));
            }
            var passed = 0;
            for (var each : threads.invokeAll(work)) {
                passed += each.get();
            }

            var unasked = 2;
            assertThat(passed).isBetween(900, 1_050 + unasked);
        }
    }

    @Test
    void whoUsesLittleNeverAsks() {
        var instance = instances.instance();
        for (var i = 0; i < 5; i++) {
            assertThat(passes(instance, tenant, 200)).isTrue();
            instances.move(Duration.ofSeconds(1));
        }

        long keys = redis.call(commands -> commands.exists(RedisKeys.limit(tenant, "verify")));
        assertThat(keys).isZero();
    }

    @Test
    void withoutRedisEachInstanceGivesTheWholeRate() {
        var alone = new Instances(AbsentRedis.door(), foreign);
        var one = alone.instance();
        var other = alone.instance();

        assertThat(untilRefused(one, tenant, 50)).isEqualTo(50);
        assertThat(untilRefused(other, tenant, 50)).isEqualTo(50);
        alone.move(Duration.ofMillis(900));
        assertThat(untilRefused(one, tenant, 50)).isZero();
        alone.move(Duration.ofMillis(100));
        assertThat(untilRefused(one, tenant, 50)).isEqualTo(50);
    }
}
