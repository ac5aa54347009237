package com.misybot.tenancy.isolation.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.embedded.TestRedis;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** Redis forgets its users, and is away, on engines that no other test uses. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "tenancy.embedded.data-dir=" + RedisUserFaultTests.ENGINES)
@TestConstructor(autowireMode = AutowireMode.ALL)
@DirtiesContext
class RedisUserFaultTests {

    static final String ENGINES = "target/engines-of-faults";

    private final TestRedis redis = TestRedis.of(Path.of(ENGINES));
    private final Api api;

    RedisUserFaultTests(ApplicationContext context) {
        this.api = Api.operator(context);
    }

    @Test
    void putsUsersBackAfterARestartAndTellsOfWhatIsAway() {
        var kept = Namespace.registered(api, redis.url());
        var ended = Namespace.registered(api, redis.url());
        var password = kept.issue();
        ended.issue();

        redis.kill();
        var refused = api.post(kept.credentials(), "{}");
        assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isNotEmpty();
        assertThat(api.get("/isolation/status").text("/redisAcl")).isEqualTo("AWAY");
        assertThat(api.get("/isolation/status").text("/status")).isEqualTo("UP");
        var namespaces = api.get(kept.path());
        assertThat(namespaces.status()).isEqualTo(200);
        assertThat(namespaces.toString())
                .contains("{\"store\":\"redis\",\"available\":false,\"code\":\"unavailable\"}")
                .contains("\"store\":\"postgres\",\"available\":true");
        var revoked = ended.revoke();
        assertThat(revoked.status()).isEqualTo(204);
        assertThat(revoked.header("Misy-Propagation")).isEqualTo("pending");

        redis.start();

        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() ->
                        assertThatCode(() -> kept.visitor(password).close()).doesNotThrowAnyException());
        try (var administrator = kept.administrator()) {
            assertThat(administrator.commands().aclUsers())
                    .contains(kept.username())
                    .doesNotContain(ended.username());
        }
    }
}
