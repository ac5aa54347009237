package com.misybot.tenancy.credential.fleet;

import static com.misybot.tenancy.Api.freeSlug;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.credential.SecretChanges;
import com.misybot.tenancy.operation.job.DyingChange;
import com.misybot.tenancy.operation.job.DyingChange.Death;
import com.misybot.tenancy.operation.job.MortalScheduler;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** Whoever rotates the secrets of many tenants dies in the middle of one of them, and another goes on. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        // The dead sleep in the process of the living, with their turns and places
        properties = {"tenancy.isolation.job-changes=8", "tenancy.isolation.connection-timeout=1s"})
@TestConstructor(autowireMode = AutowireMode.ALL)
class FleetTakeoverTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TENANTS = 4;

    private final ConfigurableApplicationContext context;
    private final Api api;
    private final JdbcTemplate jdbc;

    FleetTakeoverTests(ConfigurableApplicationContext context, JdbcTemplate jdbc) {
        this.context = context;
        this.api = Api.operator(context);
        this.jdbc = jdbc;
    }

    @ParameterizedTest
    @EnumSource
    void noTenantGetsASecretThatIsNotInTheResults(Death death) throws Exception {
        var label = freeSlug();
        var tenants = IntStream.range(0, TENANTS).mapToObj(_ -> register(label)).toList();
        var ids = tenants.stream().map(Registered::id).collect(Collectors.toSet());
        var dying = new DyingChange(death, SecretChanges.ROTATED, ids, jdbc);
        ApplicationListener<?> listener = ApplicationListener.forPayload(dying);
        context.addApplicationListener(listener);
        try (var first = MortalScheduler.inPlaceOfThatOf(context)) {
            var started = start(label);
            await().atMost(PATIENCE).until(dying::isReached);
            first.die();

            await().atMost(PATIENCE)
                    .until(() ->
                            api.get("/operations/" + started).text("/status").equals("SUCCEEDED"));
            assertThat(api.get("/operations/" + started).text("/result/rotated"))
                    .isEqualTo(Integer.toString(TENANTS));
            assertEachHasWhatTheResultsSay(started, tenants);

            // it was not dead, only asleep
            dying.wake();
            await().atMost(PATIENCE).until(dying::hasGoneOn);
            first.bury();
            assertEachHasWhatTheResultsSay(started, tenants);
            assertThat(dying.changed()).hasSize(TENANTS);
        } finally {
            dying.wake();
            context.removeApplicationListener(listener);
        }
    }

    private void assertEachHasWhatTheResultsSay(String operation, List<Registered> tenants) {
        var results = new HashMap<String, String>();
        api.get("/secrets/rotations/" + operation + "/results")
                .json()
                .at("/items")
                .forEach(item -> results.put(
                        item.at("/tenantId").asString(), item.at("/secretId").asString()));
        assertThat(results).hasSize(TENANTS);
        for (var tenant : tenants) {
            var secrets =
                    api.get("/tenants/" + tenant.slug() + "/secrets").json().at("/items");
            assertThat(secrets).as(tenant.slug()).hasSize(2);
            assertThat(secrets.at("/0/secretId").asString()).isEqualTo(results.get(tenant.slug()));
        }
    }

    private record Registered(String slug, UUID id) {}

    private Registered register(String label) {
        var slug = freeSlug();
        var made = api.post(
                "/tenants", Api.tenant(slug).replaceFirst("\\{", "{\"labels\":{\"fleet\":\"" + label + "\"},"));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return new Registered(slug, UUID.fromString(made.text("/id")));
    }

    private String start(String label) throws Exception {
        var key = new ECKeyGenerator(Curve.P_256).keyID("ops").generate();
        var started = api.post(
                "/secrets/rotations", """
                {"filter":{"labels":{"fleet":"%s"}},"recipient":%s,"overlap":"PT2H","reason":"yearly"}""".formatted(label, key.toPublicJWK().toJSONString()));
        assertThat(started.status()).as(started.toString()).isEqualTo(202);
        return started.text("/operationId");
    }
}
