package com.misybot.tenancy.isolation.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.isolation.probe.Canary;
import com.misybot.tenancy.isolation.probe.ProbeAttempt;
import com.misybot.tenancy.isolation.probe.ProbeAttempt.Outcome;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** A user that may do a little too much is found out. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class RedisProbeTests {

    private final AdminRedis redis;
    private final RedisAccounts accounts;
    private final Canary intruder = new Canary(UUID.randomUUID(), "c0probetests", "one");
    private final Canary victim = new Canary(UUID.randomUUID(), "c0probetests", "other");

    RedisProbeTests(AdminRedis redis, RedisAccounts accounts) {
        this.redis = redis;
        this.accounts = accounts;
    }

    private List<ProbeAttempt> probed(String... tooMuch) {
        var probe = new RedisProbe(
                redis,
                (username, password) -> {
                    redis.nodes().forEach(node -> node.setUser(username, List.of(tooMuch)));
                    return accounts.of(username, password);
                },
                new SecureRandom());
        probe.plant(intruder);
        probe.plant(victim);
        try {
            return probe.attempts(intruder, victim);
        } finally {
            probe.remove(intruder);
            probe.remove(victim);
            for (var canary : List.of(intruder, victim)) {
                var pattern = "t:{" + canary.tenant() + "}:*";
                redis.nodes().forEach(node -> node.scan(pattern, keys -> keys.isEmpty() || node.unlink(keys) >= 0));
            }
        }
    }

    @Test
    void findsNothingOfAUserAsItIsMade() {
        assertThat(probed("on"))
                .allMatch(attempt -> attempt.outcome() == Outcome.DENIED || attempt.outcome() == Outcome.NOTHING);
    }

    @Test
    void findsKeysOfAllTenants() {
        assertThat(reached("~t:*"))
                .contains("get", "del", "write its own context", "whatever was tried has left its traces");
    }

    @Test
    void findsChannelsOfAllTenants() {
        assertThat(reached("&t:*")).contains("publish");
    }

    @Test
    void findsCommandsThatNoKeysBound() {
        assertThat(reached("+scan", "+dbsize", "+client|list")).contains("scan", "how many keys", "clients");
    }

    private List<String> reached(String... tooMuch) {
        return probed(tooMuch).stream()
                .filter(attempt -> attempt.outcome() == Outcome.REACHED)
                .map(ProbeAttempt::way)
                .collect(Collectors.toList());
    }
}
