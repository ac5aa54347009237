package com.misybot.tenancy.tenant.bulk;

import static com.misybot.tenancy.Api.freeSlug;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.operation.job.DyingChange;
import com.misybot.tenancy.operation.job.DyingChange.Death;
import com.misybot.tenancy.operation.job.MortalScheduler;
import com.misybot.tenancy.tenant.TenantChanges;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** Whoever moves many tenants dies or is told to stop in the middle of them. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        // The dead sleep in the process of the living, with their turns and places
        properties = {
            "tenancy.isolation.job-changes=8",
            "tenancy.isolation.connection-timeout=1s",
            "tenancy.operation.report-interval=1ms"
        })
@TestConstructor(autowireMode = AutowireMode.ALL)
class BulkTakeoverTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TENANTS = 4;

    private final ConfigurableApplicationContext context;
    private final Api api;
    private final JdbcTemplate jdbc;
    private final String wave = freeSlug();

    BulkTakeoverTests(ConfigurableApplicationContext context, JdbcTemplate jdbc) {
        this.context = context;
        this.api = Api.operator(context);
        this.jdbc = jdbc;
    }

    @ParameterizedTest
    @EnumSource
    void eachIsMovedOnceWhoeverOfTwoInstancesDoesIt(Death death) throws Exception {
        var tenants = tenants();
        var dying = dying(death, tenants);
        var listener = listening(dying);
        try (var first = MortalScheduler.inPlaceOfThatOf(context)) {
            var operation = suspend();
            await().atMost(PATIENCE).until(dying::isReached);
            first.die();

            await().atMost(PATIENCE)
                    .until(() ->
                            api.get("/operations/" + operation).text("/status").equals("SUCCEEDED"));
            assertThat(api.get("/operations/" + operation)
                            .json()
                            .at("/result/moved")
                            .asInt())
                    .isEqualTo(TENANTS);
            assertThat(results(operation)).isEqualTo(TENANTS);
            assertThat(versions(tenants)).containsOnly("SUSPENDED 3");

            dying.wake();
            await().atMost(PATIENCE).until(dying::hasGoneOn);
            first.bury();
            assertThat(results(operation)).isEqualTo(TENANTS);
            assertThat(versions(tenants)).containsOnly("SUSPENDED 3");
        } finally {
            dying.wake();
            context.removeApplicationListener(listener);
        }
    }

    @Test
    void leavesTheRestAloneWhereItIsCancelled() {
        var tenants = tenants();
        var dying = dying(Death.AFTER_THE_COMMIT, tenants);
        var listener = listening(dying);
        try {
            var operation = suspend();
            await().atMost(PATIENCE).until(dying::isReached);

            var cancelled = api.post("/operations/" + operation + "/cancel", "{}");
            assertThat(cancelled.status()).as(cancelled.toString()).isEqualTo(202);
            dying.wake();

            await().atMost(PATIENCE)
                    .until(() ->
                            api.get("/operations/" + operation).text("/status").equals("CANCELLED"));
            assertThat(results(operation)).isEqualTo(2);
            assertThat(versions(tenants)).filteredOn("SUSPENDED 3"::equals).hasSize(2);
            assertThat(versions(tenants)).filteredOn("ACTIVE 2"::equals).hasSize(TENANTS - 2);
        } finally {
            dying.wake();
            context.removeApplicationListener(listener);
        }
    }

    private DyingChange dying(Death death, List<Registered> tenants) {
        var ids = tenants.stream().map(Registered::id).collect(Collectors.toSet());
        return new DyingChange(death, TenantChanges.SUSPENDED, ids, jdbc);
    }

    private ApplicationListener<?> listening(DyingChange dying) {
        ApplicationListener<?> listener = ApplicationListener.forPayload(dying);
        context.addApplicationListener(listener);
        return listener;
    }

    private record Registered(String slug, UUID id) {}

    private List<Registered> tenants() {
        return IntStream.range(0, TENANTS).mapToObj(_ -> register()).toList();
    }

    private Registered register() {
        var slug = freeSlug();
        var made = api.post(
                "/tenants",
                Api.tenant(slug).replaceFirst("\\{", "{\"labels\":{\"wave\":\"" + wave + "\"},"),
                "Prefer",
                "wait=30");
        assertThat(made.text("/status")).as(made.toString()).isEqualTo("ACTIVE");
        return new Registered(slug, UUID.fromString(made.text("/id")));
    }

    private String suspend() {
        var started = api.post("/tenants/bulk", """
                {"move":"suspend","filter":{"label":["wave:%s"]},"reason":"unpaid"}""".formatted(wave), "Prefer", "respond-async");
        assertThat(started.status()).as(started.toString()).isEqualTo(202);
        return started.text("/operationId");
    }

    private int results(String operation) {
        return api.get("/tenants/bulk/" + operation + "/results")
                .json()
                .at("/items")
                .size();
    }

    private List<String> versions(List<Registered> tenants) {
        return tenants.stream()
                .map(tenant -> api.get("/tenants/" + tenant.slug()))
                .map(read -> read.text("/status") + " " + read.text("/version"))
                .toList();
    }
}
