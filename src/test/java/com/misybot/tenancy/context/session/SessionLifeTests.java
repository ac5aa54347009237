package com.misybot.tenancy.context.session;

import static com.misybot.tenancy.context.session.Visits.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.context.session.Visits.Site;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** How sessions end. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class SessionLifeTests {

    private static final String WHY = "{\"reason\":\"because\"}";

    private final Visits visits;

    SessionLifeTests(ApplicationContext context) {
        this.visits = Visits.of(context);
    }

    private Duration left(Site site, String id) {
        return Duration.ofMillis(visits.redis.getExpire(site.key(id), java.util.concurrent.TimeUnit.MILLISECONDS));
    }

    @Test
    void redisEndsASessionThatIsNotUsed() {
        var site = visits.register();
        var started = visits.start(site, ",\"idle\":\"PT10M\"");
        var id = started.text("/id");
        assertThat(left(site, id)).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));

        visits.redis.expire(site.key(id), Duration.ZERO);
        assertThat(visits.isActive(started.text("/token"))).isFalse();
        assertThat(visits.api.get(site.path() + "/" + id).status()).isEqualTo(404);
        assertThat(visits.api.get(site.path()).json().path("items")).isEmpty();
    }

    @Test
    void useBeginsTheIdleTimeAnewAndReadingDoesNot() {
        var site = visits.register();
        var started = visits.start(site, ",\"idle\":\"PT10M\"");
        var id = started.text("/id");
        visits.redis.expire(site.key(id), Duration.ofSeconds(60));
        visits.redis.opsForZSet().add(site.index(0), id, 5.0);

        var read = visits.api.get(site.path() + "/" + id);
        assertThat(Instant.parse(read.text("/expiresAt"))).isBefore(Instant.parse(started.text("/expiresAt")));
        assertThat(left(site, id)).isLessThanOrEqualTo(Duration.ofSeconds(60));

        var found = visits.introspect(started.text("/token"));
        assertThat(Instant.parse(found.text("/expiresAt"))).isAfterOrEqualTo(Instant.parse(started.text("/expiresAt")));
        await().untilAsserted(() -> {
            // a hundredth longer, so that not every use has to write
            assertThat(left(site, id))
                    .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(10).plusSeconds(6));
            assertThat(visits.redis.opsForZSet().score(site.index(0), id)).isEqualTo((double)
                    Instant.parse(found.text("/expiresAt")).plusSeconds(6).toEpochMilli());
        });
        assertThat(found.text("/expiresAt")).isNotEqualTo(found.text("/endsAt"));
    }

    @Test
    void useWritesNothingWhileRedisKeepsTheSessionLongEnough() {
        var site = visits.register();
        var started = visits.start(site, ",\"idle\":\"PT10M\"");
        var id = started.text("/id");
        visits.redis.expire(site.key(id), Duration.ofSeconds(605));
        visits.redis.opsForZSet().add(site.index(0), id, 5.0);

        var found = visits.introspect(started.text("/token"));
        assertThat(Instant.parse(found.text("/expiresAt"))).isAfterOrEqualTo(Instant.parse(started.text("/expiresAt")));
        // sent after whatever the introspection would have sent, on the same connection
        visits.introspect(started.text("/token"));
        assertThat(visits.redis.opsForZSet().score(site.index(0), id)).isEqualTo(5.0);
    }

    @Test
    void useNeverCarriesASessionBeyondItsEnd() {
        var site = visits.register();
        var started = visits.start(site, ",\"idle\":\"PT30M\",\"lifetime\":\"PT5M\"");
        assertThat(started.text("/expiresAt")).isEqualTo(started.text("/endsAt"));
        var found = visits.introspect(started.text("/token"));
        assertThat(found.text("/expiresAt")).isEqualTo(started.text("/endsAt"));
        // even where somebody takes the end off in Redis
        visits.redis.persist(site.key(started.text("/id")));
        assertThat(visits.api.get(site.path() + "/" + started.text("/id")).text("/expiresAt"))
                .isEqualTo(started.text("/endsAt"));
        assertThat(visits.introspect(started.text("/token")).text("/expiresAt")).isEqualTo(started.text("/endsAt"));
        await().untilAsserted(() ->
                assertThat(left(site, started.text("/id"))).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(5)));
    }

    @Test
    void aSessionThatWasEndedIsNotBroughtBackByItsUse() {
        var site = visits.register();
        var started = visits.start(site, "");
        var id = started.text("/id");
        visits.redis.delete(site.key(id));
        visits.redis.opsForZSet().remove(site.index(0), id);
        assertThat(visits.isActive(started.text("/token"))).isFalse();
        assertThat(visits.redis.hasKey(site.key(id))).isFalse();
        assertThat(visits.redis.opsForZSet().score(site.index(0), id)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"suspend, resume", "deactivate, activate"})
    void whateverMakesATenantInactiveEndsItsSessionsForGood(String move, String back) {
        var site = visits.register();
        var started = visits.start(site, "");
        var token = started.text("/token");
        assertThat(visits.isActive(token)).isTrue();

        var moved = visits.api.post("/tenants/" + site.slug() + "/" + move, WHY);
        assertThat(moved.header("Misy-Propagation")).isEqualTo("done");
        assertThat(visits.isActive(token)).isFalse();
        assertThat(visits.tryStart(site, Visits.client(), "").status()).isEqualTo(403);

        assertThat(visits.api.post("/tenants/" + site.slug() + "/" + back, WHY).status())
                .isEqualTo(200);
        assertThat(visits.isActive(token)).isFalse();
        assertThat(visits.api.get(site.path() + "/" + started.text("/id")).status())
                .isEqualTo(404);
        assertThat(visits.api.get(site.path() + "/count").json().path("count").asLong())
                .isZero();
        assertThat(visits.isActive(visits.start(site, "").text("/token"))).isTrue();
    }

    @Test
    void deletionEndsSessionsAndARestoreDoesNotReviveThem() {
        var site = visits.register();
        var token = visits.start(site, "").text("/token");
        assertThat(visits.api
                        .delete("/tenants/" + site.slug(), "If-Match", "*", "X-Reason", "r")
                        .status())
                .isEqualTo(202);
        assertThat(visits.isActive(token)).isFalse();
        assertThat(visits.api.post("/tenants/" + site.slug() + "/restore", WHY).status())
                .isEqualTo(200);
        assertThat(visits.isActive(token)).isFalse();
    }

    @Test
    void endsAllSessionsOfATenantAndOfNoOther() {
        var site = visits.register();
        var other = visits.register();
        var one = visits.start(site, "").text("/token");
        var foreign = visits.start(other, "").text("/token");
        var path = site.path() + "/end-all";

        assertThat(visits.api.post(path, "{}").text("/code")).isEqualTo("reason_required");
        var before = visits.api
                .get("/context?siteId=" + site.siteId() + "&origin=" + PAGE)
                .json()
                .path("version")
                .asLong();
        var ended = visits.api.post(path, WHY, "Idempotency-Key", site.slug());
        assertThat(ended.status()).as(ended.toString()).isEqualTo(200);
        assertThat(ended.json().path("contextVersion").asLong()).isGreaterThan(before);
        assertThat(visits.isActive(one)).isFalse();
        assertThat(visits.isActive(foreign)).isTrue();

        var next = visits.start(site, "").text("/token");
        assertThat(visits.api.post(path, WHY, "Idempotency-Key", site.slug()).header("Idempotency-Replayed"))
                .isEqualTo("true");
        assertThat(visits.isActive(next)).isTrue();
        assertThat(visits.redis.opsForZSet().size(site.index(1))).isEqualTo(1);
    }
}
