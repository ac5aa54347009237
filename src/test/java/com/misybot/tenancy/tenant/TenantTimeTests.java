package com.misybot.tenancy.tenant;

import static com.misybot.tenancy.Api.freeSlug;
import static com.misybot.tenancy.Api.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.LogLines;
import com.misybot.tenancy.MovableClock;
import com.misybot.tenancy.kernel.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** What time brings to a tenant, on a machine whose clock is not that of the database. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class TenantTimeTests {

    private final ConfigurableApplicationContext context;
    private final MovableClock clock;
    private final Api api;

    TenantTimeTests(ApplicationContext context, MovableClock clock) {
        this.clock = clock;
        this.context = (ConfigurableApplicationContext) context;
        this.api = Api.operator(context);
    }

    @BeforeEach
    void setTheClockBack() {
        clock.set(Duration.ofHours(-1));
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

        clock.set(Duration.ofHours(24));

        var due = api.get("/tenants/" + slug);
        assertThat(due.json().at("/purgeDue").asBoolean()).as(due.toString()).isTrue();
        assertThat(due.text("/status")).isEqualTo("PENDING_DELETION");
    }

    @Test
    void saysInTheLogWhichTenantsDeadlineItWasAndInWhichTrace() {
        var slug = freeSlug();
        var failures = new AtomicInteger();
        ApplicationListener<?> once = ApplicationListener.<Change>forPayload(change -> {
            if (change.subject().equals(slug)
                    && change.type().equals(TenantChanges.SUSPENDED)
                    && failures.getAndIncrement() == 0) {
                throw new IllegalStateException("the trail cannot be written");
            }
        });
        context.addApplicationListener(once);
        try (var lines = LogLines.of("com.misybot.tenancy.operation.job")) {
            registerUntilSoon(slug);
            awaitStatus(slug, "SUSPENDED");

            assertThat(lines.with("failed in attempt 1"))
                    .filteredOn(line -> slug.equals(line.getMDCPropertyMap().get("tenant")))
                    .singleElement()
                    .satisfies(line -> assertThat(line.getMDCPropertyMap())
                            .containsEntry("actor", "system:tenant.deadline")
                            .hasEntrySatisfying("traceId", id -> assertThat(id).matches("[0-9a-f]{32}")));
        } finally {
            context.removeApplicationListener(once);
        }
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
        MovableClock movableClock() {
            return MovableClock.running();
        }
    }
}
