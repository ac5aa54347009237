package com.misybot.tenancy.context.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.context.session.Visits.Site;
import com.misybot.tenancy.keyring.TenantKeyId;
import com.misybot.tenancy.keyring.Token;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** Sessions of two tenants never meet, and what somebody else wrote into Redis is none. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class SessionIsolationTests {

    private final Visits visits;
    private final MeterRegistry meters;
    private final SecureRandom random;

    SessionIsolationTests(ApplicationContext context, MeterRegistry meters, SecureRandom random) {
        this.visits = Visits.of(context);
        this.meters = meters;
        this.random = random;
    }

    private double events() {
        return meters.counter("tenancy.security.events", "kind", "foreign_value")
                .count();
    }

    private Map<String, String> stored(Site site, String id) {
        return visits.redis.<String, String>opsForHash().entries(site.key(id));
    }

    private void requireForeign(Site site, String id, String token) {
        var before = events();
        assertThat(visits.isActive(token)).isFalse();
        assertThat(events()).isEqualTo(before + 1);
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(visits.redis.hasKey(site.key(id))).isFalse());
    }

    @Test
    void aChangedValueIsNoneAndIsRemoved() {
        var site = visits.register();
        for (var field : Map.of(
                        "value", "{\"schema\":1}",
                        "version", "2",
                        "mac", "AAAA",
                        "mac ", "no base64")
                .entrySet()) {
            var started = visits.start(site, "");
            var id = started.text("/id");
            visits.redis.opsForHash().put(site.key(id), field.getKey().strip(), field.getValue());
            requireForeign(site, id, started.text("/token"));
        }
    }

    @Test
    void aMissingFieldIsNone() {
        var site = visits.register();
        var started = visits.start(site, "");
        visits.redis.opsForHash().delete(site.key(started.text("/id")), "mac");
        requireForeign(site, started.text("/id"), started.text("/token"));
    }

    @Test
    void aKeyOfAnotherKindIsNone() {
        var site = visits.register();
        var started = visits.start(site, "");
        var id = started.text("/id");
        for (var read : List.<Runnable>of(
                () -> requireForeign(site, id, started.text("/token")),
                () -> assertThat(visits.api.get(site.path()).json().path("items"))
                        .isEmpty())) {
            visits.redis.delete(site.key(id));
            visits.redis.opsForValue().set(site.key(id), "no session");
            read.run();
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(visits.redis.hasKey(site.key(id))).isFalse());
        }
    }

    @Test
    void whatWasRaisedInRedisIsNone() {
        var site = visits.register();
        var started = visits.start(site, ",\"subject\":\"guest\"");
        var id = started.text("/id");
        var value = java.util.Objects.requireNonNull(stored(site, id).get("value"));
        assertThat(value).contains("guest");
        visits.redis.opsForHash().put(site.key(id), "value", value.replace("guest", "admin"));
        requireForeign(site, id, started.text("/token"));
    }

    @Test
    void valuesThatTradePlacesOpenNothing() {
        var one = visits.register();
        var other = visits.register();
        var mine = visits.start(one, "");
        var theirs = visits.start(other, "");
        var value = stored(one, mine.text("/id"));
        visits.redis.opsForHash().putAll(one.key(mine.text("/id")), stored(other, theirs.text("/id")));
        visits.redis.opsForHash().putAll(other.key(theirs.text("/id")), value);
        requireForeign(one, mine.text("/id"), mine.text("/token"));
        requireForeign(other, theirs.text("/id"), theirs.text("/token"));
    }

    @Test
    void anotherSessionOfTheSameTenantCannotTakeThePlaceEither() {
        var site = visits.register();
        var one = visits.start(site, "");
        var other = visits.start(site, "");
        visits.redis.opsForHash().putAll(site.key(one.text("/id")), stored(site, other.text("/id")));
        requireForeign(site, one.text("/id"), one.text("/token"));
        assertThat(visits.isActive(other.text("/token"))).isTrue();
    }

    @Test
    void aTokenThatClaimsASessionOfAnotherOpensNothing() {
        var site = visits.register();
        var started = visits.start(site, "");
        var claimed = new TenantKeyId(UUID.fromString(site.uuid()), started.text("/id"));
        var forged =
                Token.issue(Token.Kind.SESSION, claimed.text(), random).secret().value();
        var before = events();
        assertThat(visits.isActive(forged)).isFalse();
        assertThat(events()).isEqualTo(before);
        assertThat(visits.isActive(started.text("/token"))).isTrue();
        var nobody = TenantKeyId.issue(UUID.randomUUID(), random).text();
        assertThat(visits.isActive(
                        Token.issue(Token.Kind.SESSION, nobody, random).secret().value()))
                .isFalse();
    }

    @Test
    void theIdOfOneTenantIsUnknownToAnother() {
        var site = visits.register();
        var other = visits.register();
        var id = visits.start(site, "").text("/id");
        assertThat(visits.api.get(other.path() + "/" + id).text("/code")).isEqualTo("unknown_session");
        assertThat(visits.api.delete(other.path() + "/" + id, "If-Match", "*").status())
                .isEqualTo(404);
        assertThat(visits.api.get(other.path()).json().path("items")).isEmpty();
        assertThat(visits.api.get(other.path() + "/" + "x".repeat(300)).status())
                .isEqualTo(404);
    }

    @Test
    void aKeyOfAnotherKindIsClearedAway() {
        var site = visits.register();
        visits.redis.opsForValue().set(site.index(0), "no index");
        var before = events();
        var started = visits.start(site, "");
        assertThat(events()).isEqualTo(before + 1);
        assertThat(visits.isActive(started.text("/token"))).isTrue();
    }
}
