package com.misybot.tenancy.context.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.misybot.tenancy.context.redis.AbsentRedis;
import com.misybot.tenancy.context.redis.RedisDoor;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.ScopedTransactions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class QuotaNoticeTests {

    private final RedisDoor redis;
    private final ScopedTransactions transactions;
    private final List<Change> told = new ArrayList<>();
    private final UUID tenant = UUID.randomUUID();

    QuotaNoticeTests(RedisDoor redis, ScopedTransactions transactions) {
        this.redis = redis;
        this.transactions = transactions;
    }

    @BeforeEach
    void redisIsThere() {
        Awaitility.await().ignoreExceptions().until(() -> redis.call(commands -> commands.ping()) != null);
    }

    @Test
    void tellsAtFourFifthsAndNotBefore() {
        var notice = notice(redis);

        notice.counted(tenant, "sessions", 79, 100);
        assertThat(told).isEmpty();
        notice.counted(tenant, "sessions", 80, 100);
        assertThat(told).singleElement().satisfies(change -> {
            assertThat(change.tenant()).isEqualTo(tenant);
            assertThat(change.type()).isEqualTo("quota.approached");
            assertThat(change.subject()).isEqualTo("sessions");
        });
    }

    @Test
    void tellsOnceForAllInstancesAndEachLimit() {
        var one = notice(redis);
        var other = notice(redis);
        for (var used = 80; used < 90; used++) {
            one.counted(tenant, "sessions", used, 100);
            other.counted(tenant, "sessions", used, 100);
        }
        assertThat(told).hasSize(1);
        other.counted(tenant, "origins", 45, 50);
        assertThat(told).hasSize(2);
    }

    @Test
    void neverFailsWithoutRedis() {
        var notice = notice(AbsentRedis.door());

        assertThatCode(() -> notice.counted(tenant, "sessions", 100, 100)).doesNotThrowAnyException();
        assertThat(told).isEmpty();
    }

    private QuotaNotice notice(RedisDoor door) {
        ApplicationEventPublisher keeping = event -> told.add((Change) event);
        return new QuotaNotice(door, transactions, keeping);
    }
}
