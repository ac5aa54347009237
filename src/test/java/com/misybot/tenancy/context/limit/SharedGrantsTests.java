package com.misybot.tenancy.context.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.context.redis.ForeignValues;
import com.misybot.tenancy.context.redis.PatientRedis;
import com.misybot.tenancy.context.redis.RedisDoor;
import com.misybot.tenancy.context.redis.RedisEars;
import com.misybot.tenancy.kernel.RedisKeys;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.assertj.core.data.Offset;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** The script that gives a rate out, by a clock that stands where the test puts it, at first at the beginning of a slot. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class SharedGrantsTests {

    private static final long BEGINNING = 1_800_000_000_000L;
    private static final int BUDGET = 100;

    private final RedisDoor redis;
    private final ForeignValues foreign;
    private final MeterRegistry meters;
    private final SharedGrants grants;
    private final UUID tenant = UUID.randomUUID();
    private final String key = RedisKeys.limit(tenant, "verify");
    private long now = BEGINNING;

    SharedGrantsTests(RedisEars ears, ForeignValues foreign, MeterRegistry meters) {
        this.redis = PatientRedis.door(ears);
        this.foreign = foreign;
        this.meters = meters;
        this.grants = new SharedGrants(redis, foreign, () -> Long.toString(now));
    }

    /** Instances connect to Redis in the background. */
    @BeforeEach
    void redisIsThere() {
        Awaitility.await().ignoreExceptions().until(() -> redis.call(commands -> commands.ping()) != null);
    }

    @Test
    void givesNoMoreThanTheBudget() {
        assertThat(ask(60)).isEqualTo(new Grants.Grant(60, 50, slot(1), 40, 0));
        assertThat(ask(30)).isEqualTo(new Grants.Grant(30, 50, slot(1), 10, 0));
        assertThat(ask(30)).isEqualTo(new Grants.Grant(10, 50, slot(1), 0, 0));
        assertThat(ask(30).given()).isZero();
        assertThat(redis.<String>call(commands -> commands.hget(key, slot(1)))).isEqualTo("100");
    }

    @ParameterizedTest
    @CsvSource({"50, 1000, 20", "51, 50, 1"})
    void aLeaseLastsASecondWhileHalfIsFree(int wanted, long lasts, int slots) {
        var grant = ask(wanted);
        assertThat(grant.lastsMillis()).isEqualTo(lasts);
        assertThat(grant.slot()).isEqualTo(slot(slots));
    }

    @Test
    void aLeaseCountsUntilASecondAfterItsEnd() {
        assertThat(ask(BUDGET).lastsMillis()).isEqualTo(50);
        now = BEGINNING + 1_099;
        var refused = ask(1);
        assertThat(refused.given()).isZero();
        assertThat(refused.left()).isZero();
        assertThat(refused.waitMillis()).isEqualTo(1);
        now += refused.waitMillis();
        assertThat(ask(BUDGET).given()).isEqualTo(BUDGET);
    }

    @Test
    void aLeaseOfASecondCountsForTwo() {
        assertThat(ask(50).lastsMillis()).isEqualTo(1_000);
        now = BEGINNING + 2_049;
        assertThat(ask(BUDGET).given()).isEqualTo(50);
        redis.call(commands -> commands.del(key));
        now = BEGINNING;
        ask(50);
        now = BEGINNING + 2_050;
        assertThat(ask(BUDGET).given()).isEqualTo(BUDGET);
    }

    @Test
    void saysWhenTheFirstComesFree() {
        ask(60);
        now += 100;
        ask(40);
        now += 100;
        assertThat(ask(1)).isEqualTo(new Grants.Grant(0, 50, slot(5), 0, 900));
    }

    @Test
    void takesBackWhatWasNotSpentAndNeverMoreThanItGave() {
        var first = ask(10);
        assertThat(first.left()).isEqualTo(90);
        now += 100;
        assertThat(ask(1, new Grants.Rest(first.slot(), 8)).left()).isEqualTo(97);
        assertThat(ask(1).left()).as("and remembers it").isEqualTo(96);
        assertThat(ask(1, new Grants.Rest(first.slot(), 5_000)).left()).isEqualTo(97);
        assertThat(ask(BUDGET).given()).isEqualTo(97);
        assertThat(ask(1, new Grants.Rest("nonsense", 50)).given()).isZero();
    }

    @Test
    void aBudgetThatWasLoweredGivesNothingAndTakesNothing() {
        ask(BUDGET);
        var lowered = Objects.requireNonNull(grants.ask(key, tenant, 50, 10, List.of()));
        assertThat(lowered.given()).isZero();
        assertThat(lowered.left()).isZero();
        assertThat(ask(1).left()).isZero();
    }

    @Test
    void keepsNoSlotThatCountsNoMore() {
        for (var n = 0; n < 100; n++) {
            ask(1);
            now += 50;
        }
        long slots = redis.call(commands -> commands.hgetall(key)).size();
        assertThat(slots).isLessThanOrEqualTo(42);
        long left = redis.call(commands -> commands.pttl(key));
        assertThat(left).isBetween(1L, 3_000L);
    }

    @Test
    void doesNotCountWhatItCannotHaveGivenYet() {
        redis.call(commands -> commands.hset(key, slot(21), "100"));
        assertThat(ask(BUDGET).given()).isEqualTo(BUDGET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x=1", "36000000=x", "36000000=-5000", "36000000002=-1"})
    void removesAndTellsAValueOfSomebodyElse(String field) {
        var before = foreignValues();
        var parts = field.split("=", 2);
        redis.call(commands -> commands.hset(key, parts[0], parts[1]));
        ask(1);
        redis.call(commands -> commands.hset(key, parts[0], parts[1]));

        assertThat(ask(BUDGET).given()).isEqualTo(BUDGET);
        assertThat(foreignValues()).isEqualTo(before + 2);
        var left = redis.call(commands -> commands.hgetall(key));
        assertThat(left).doesNotContainKey(parts[0]);
    }

    @Test
    void removesAndTellsAKeyOfAnotherKind() {
        var before = foreignValues();
        redis.call(commands -> commands.set(key, "x"));
        assertThat(ask(BUDGET).given()).isEqualTo(BUDGET);
        assertThat(foreignValues()).isEqualTo(before + 1);
    }

    @Test
    void goesByTheClockOfRedisOtherwise() {
        var grant = Objects.requireNonNull(new SharedGrants(redis, foreign).ask(key, tenant, BUDGET, 10, List.of()));
        List<String> time = redis.call(commands -> commands.time());
        assertThat(Long.parseLong(grant.slot()) * 50)
                .isCloseTo(Long.parseLong(time.getFirst()) * 1_000, Offset.offset(5_000L));
    }

    private double foreignValues() {
        return meters.counter("tenancy.security.events", "kind", "foreign_value")
                .count();
    }

    private static String slot(int ahead) {
        return Long.toString(BEGINNING / 50 + ahead);
    }

    private Grants.Grant ask(int wanted, Grants.Rest... rests) {
        return Objects.requireNonNull(grants.ask(key, tenant, BUDGET, wanted, List.of(rests)));
    }
}
