package com.misybot.tenancy.web;

import static com.misybot.tenancy.Api.freeSlug;
import static com.misybot.tenancy.Api.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** What a resource shows may change with time alone, and then its tag changes too. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class TimeInTagsTests {

    private static final String OVER = "{\"reason\":\"over\"}";

    private final MovableClock clock;
    private final Api api;

    TimeInTagsTests(ApplicationContext context, MovableClock clock) {
        this.clock = clock;
        this.api = Api.operator(context);
    }

    @Test
    void tellsThatAPurgeHasFallenDue() {
        var path = "/tenants/" + freeSlug();
        api.post("/tenants", tenant(path.substring("/tenants/".length())));
        api.delete(path + "?purgeAfter=PT24H", "If-Match", "*", "X-Reason", "over");
        var before = api.get(path);
        assertThat(before.header("ETag")).isEqualTo("\"3\"");
        assertThat(api.get(path, "If-None-Match", "\"3\"").status()).isEqualTo(304);

        clock.move(Duration.ofHours(25));

        var due = api.get(path, "If-None-Match", "\"3\"");
        assertThat(due.status()).isEqualTo(200);
        assertThat(due.json().at("/purgeDue").asBoolean()).isTrue();
        assertThat(due.header("ETag")).isEqualTo("\"3.due\"");
        assertThat(api.get(path, "If-None-Match", "\"3.due\"").status()).isEqualTo(304);
        // what was read and its tag go on being good for a change: nobody else has made one
        var put = api.put(path, before.response().body().replace("Acme", "Apex"), "If-Match", "\"3\"");
        assertThat(put.status()).as(put.toString()).isEqualTo(200);
        assertThat(put.header("ETag")).isEqualTo("\"4.due\"");
        assertThat(api.patch(path, "{}", "If-Match", "\"3.due\"").status()).isEqualTo(412);
        var restored = api.post(path + "/restore", OVER, "If-Match", "\"4.due\"");
        assertThat(restored.status()).as(restored.toString()).isEqualTo(200);
        assertThat(restored.header("ETag")).isEqualTo("\"5\"");
    }

    @Test
    void tellsThatAKeyHasExpired() {
        var path = key();
        var other = key();
        assertThat(api.get(path, "If-None-Match", "\"0\"").status()).isEqualTo(304);

        clock.move(Duration.ofHours(2));

        var expired = api.get(path, "If-None-Match", "\"0\"");
        assertThat(expired.status()).isEqualTo(200);
        assertThat(expired.text("/status")).isEqualTo("EXPIRED");
        assertThat(expired.header("ETag")).isEqualTo("\"0.expired\"");
        assertThat(api.get(path, "If-None-Match", "\"0.expired\"").status()).isEqualTo(304);
        assertThat(api.post(path + "/revoke", OVER, "If-Match", "\"0\"").status())
                .isEqualTo(200);
        assertThat(api.post(other + "/revoke", OVER, "If-Match", "\"1.expired\"")
                        .status())
                .isEqualTo(412);
        var revoked = api.post(other + "/revoke", OVER, "If-Match", "\"0.expired\"");
        assertThat(revoked.status()).isEqualTo(200);
        assertThat(revoked.header("ETag")).isEqualTo("\"1\"");
    }

    private String key() {
        return "/api-keys/"
                + api.post(
                                "/api-keys",
                                "{\"name\":\"A test\",\"kind\":\"SERVICE\",\"scopes\":[\"tenants:read\"],\"expiresAt\":\"%s\"}"
                                        .formatted(clock.instant().plus(Duration.ofHours(1))))
                        .text("/keyId");
    }

    @TestConfiguration
    static class Time {

        @Bean
        @Primary
        MovableClock movableClock() {
            return MovableClock.running();
        }
    }
}
