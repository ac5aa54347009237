package com.misybot.tenancy.tenant;

import static com.misybot.tenancy.Api.freeSlug;
import static com.misybot.tenancy.Api.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** What time brings to a tenant, on a machine whose clock is not that of the database. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class TenantTimeTests {

    private static final AtomicReference<Duration> AHEAD = new AtomicReference<>(Duration.ZERO);

    private final Api api;

    TenantTimeTests(ApplicationContext context) {
        this.api = Api.operator(context);
    }

    @BeforeEach
    void setTheClockBack() {
        AHEAD.set(Duration.ofHours(-1));
    }

    @Test
    void suspendsATenantWhoseTimeIsOverByTheClockOfTheDatabase() {
        var slug = freeSlug();
        registerUntilSoon(slug);

        awaitStatus(slug, "SUSPENDED");

        assertThat(api.get("/tenants/" + slug).text("/updatedBy")).isEqualTo("system:tenant.deadline");
    }

    @Test
    void resumesATenantWhoseSuspensionEndsByTheClockOfTheDatabase() {
        var slug = freeSlug();
        api.post("/tenants", tenant(slug));
        api.post("/tenants/" + slug + "/suspend", "{\"reason\":\"pause\",\"until\":\"%s\"}".formatted(soon()));

        awaitStatus(slug, "ACTIVE");
    }

    @Test
    void saysThatAPurgeIsDueAndLeavesTheTenantThere() {
        var slug = freeSlug();
        api.post("/tenants", tenant(slug));
        var deleted = api.delete("/tenants/" + slug + "?purgeAfter=P1D", "If-Match", "*", "X-Reason", "over");
        assertThat(deleted.json().at("/purgeDue").asBoolean()).isFalse();

        AHEAD.set(Duration.ofHours(24));

        var due = api.get("/tenants/" + slug);
        assertThat(due.json().at("/purgeDue").asBoolean()).as(due.toString()).isTrue();
        assertThat(due.text("/status")).isEqualTo("PENDING_DELETION");
    }

    private void registerUntilSoon(String slug) {
        var made = api.post(
                "/tenants",
                "{\"tenantId\":\"%s\",\"business\":{\"name\":\"x\"},\"activeUntil\":\"%s\"}".formatted(slug, soon()));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
    }

    private void awaitStatus(String slug, String status) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(api.get("/tenants/" + slug).text("/status")).isEqualTo(status));
    }

    private static Instant soon() {
        return Instant.now().plusSeconds(1);
    }

    @TestConfiguration
    static class ClockOfThisMachine {

        @Bean
        @Primary
        Clock movedClock() {
            return new Clock() {
                @Override
                public Instant instant() {
                    return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000))
                            .instant()
                            .plus(AHEAD.get());
                }

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    throw new UnsupportedOperationException();
                }
            };
        }
    }
}
