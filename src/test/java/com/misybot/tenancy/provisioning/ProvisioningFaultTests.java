package com.misybot.tenancy.provisioning;

import static com.misybot.tenancy.Api.freeSlug;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.misybot.tenancy.context.redis.RedisDoor;
import com.misybot.tenancy.kernel.RedisKeys;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.lifecycle.ProvisioningStep.Outcome;
import com.misybot.tenancy.operation.job.MortalScheduler;
import com.misybot.tenancy.provisioning.Deaths.Boundary;
import com.misybot.tenancy.provisioning.RunFixture.Ordered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** Owners of runs die at every boundary of the journal, and wake up again when another one has gone on. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "tenancy.provisioning.first-delay=50ms",
            // The dead sleep in the process of the living, with their turns and places
            "tenancy.isolation.job-changes=8",
            "tenancy.isolation.connection-timeout=1s"
        })
@Import({Deaths.Watch.class, ScriptedStep.Steps.class})
@TestConstructor(autowireMode = AutowireMode.ALL)
class ProvisioningFaultTests {

    private static final int IN_A_ROW = 3;

    private final ApplicationContext context;
    private final RunFixture runs;
    private final Deaths deaths;
    private final ScriptedStep elsewhere;
    private final RedisDoor redis;
    private final ScopedTransactions transactions;
    private final JdbcTemplate jdbc;

    ProvisioningFaultTests(
            ApplicationContext context,
            Deaths deaths,
            RedisDoor redis,
            ScopedTransactions transactions,
            JdbcTemplate jdbc,
            ScriptedStep.Scripts scripts) {
        this.context = context;
        this.runs = new RunFixture(context);
        this.deaths = deaths;
        this.elsewhere = scripts.elsewhere();
        this.redis = redis;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    static Stream<Arguments> boundaries() {
        return Stream.of("namespaces", "mirror", "elsewhere", Activation.NAME)
                .flatMap(step -> Stream.of(Boundary.values())
                        // the entry of the step before is that of the activation: what is before it is before both
                        .filter(boundary -> !step.equals(Activation.NAME) || boundary != Boundary.BEFORE_THE_EFFECT)
                        .map(boundary -> arguments(step, boundary)));
    }

    @ParameterizedTest
    @MethodSource("boundaries")
    void theNextOwnerGoesOnAndTheFirstOneIsRefused(String step, Boundary boundary) {
        var slug = freeSlug();
        var death = deaths.at(slug, step, boundary, false);
        try (var first = MortalScheduler.inPlaceOfThatOf(context)) {
            var tenant = runs.register(slug);
            await().atMost(RunFixture.PATIENCE).until(death::isReached);
            first.die();
            awaitSuccess(tenant);
            assertIsSetUpOnce(tenant);

            death.awake();
            await().atMost(RunFixture.PATIENCE).until(death::hasGoneOn);
            first.bury();
            assertIsSetUpOnce(tenant);
        } finally {
            death.awake();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE_THE_EFFECT", "AFTER_THE_EFFECT"})
    void whoeverWakesUpIsRefusedWhileItsSuccessorWaits(Boundary boundary) {
        var slug = freeSlug();
        elsewhere.does(slug, () -> Outcome.retry(Duration.ofMinutes(10), "the store is away"));
        var death = deaths.at(slug, "mirror", boundary, false);
        try (var first = MortalScheduler.inPlaceOfThatOf(context)) {
            var tenant = runs.register(slug);
            await().atMost(RunFixture.PATIENCE).until(death::isReached);
            first.die();
            await().atMost(RunFixture.PATIENCE).until(() -> runs.states(tenant).contains("elsewhere WAITING"));
            var journal = runs.run(tenant);

            death.awake();
            await().atMost(RunFixture.PATIENCE).until(death::hasGoneOn);
            first.bury();

            assertThat(runs.run(tenant)).isEqualTo(journal);
            assertThat(runs.status(tenant)).isEqualTo("PROVISIONING");
            assertThat(elsewhere.keys())
                    .filteredOn(key -> key.startsWith(journal.at("/id").asString()))
                    .hasSize(1);
            runs.api.post("/tenants/" + slug + "/provisioning/abort", "{}");
            await().atMost(RunFixture.PATIENCE).until(() -> runs.status(tenant).equals("PROVISIONING_FAILED"));
        } finally {
            death.awake();
        }
    }

    @ParameterizedTest
    @EnumSource
    void threeOwnersDieInARow(Boundary boundary) {
        var slug = freeSlug();
        var killed = new ArrayList<MortalScheduler>();
        var sleeping = new ArrayList<Deaths.Death>();
        try {
            var owner = MortalScheduler.inPlaceOfThatOf(context);
            killed.add(owner);
            sleeping.add(deaths.at(slug, place(boundary, 0), boundary, false));
            var tenant = runs.register(slug);
            for (var death = 1; death <= IN_A_ROW; death++) {
                await().atMost(RunFixture.PATIENCE).until(sleeping.getLast()::isReached);
                if (death < IN_A_ROW) {
                    sleeping.add(deaths.at(slug, place(boundary, death), boundary, false));
                    owner = owner.dieAndBeReplaced();
                    killed.add(owner);
                } else {
                    owner.die();
                }
            }
            awaitSuccess(tenant);
            sleeping.forEach(Deaths.Death::awake);
            await().atMost(RunFixture.PATIENCE).until(() -> sleeping.stream().allMatch(Deaths.Death::hasGoneOn));
            killed.forEach(MortalScheduler::bury);
            assertIsSetUpOnce(tenant);
        } finally {
            sleeping.forEach(Deaths.Death::awake);
            killed.forEach(MortalScheduler::close);
        }
    }

    /** What is recorded once is not done again: the next owner comes to the next step. */
    private static String place(Boundary boundary, int death) {
        return boundary == Boundary.AFTER_THE_JOURNAL
                ? List.of("namespaces", "mirror", "elsewhere").get(death)
                : "mirror";
    }

    @ParameterizedTest
    @EnumSource
    void whatIsUndoneIsUndoneByTheNextOwner(Boundary boundary) {
        var slug = freeSlug();
        elsewhere.does(slug, () -> Outcome.failed("there is no place for it"));
        var death = deaths.at(slug, "namespaces", boundary, true);
        try (var first = MortalScheduler.inPlaceOfThatOf(context)) {
            var tenant = runs.register(slug);
            await().atMost(RunFixture.PATIENCE).until(death::isReached);
            first.die();
            await().atMost(RunFixture.PATIENCE)
                    .until(() -> runs.operation(tenant).text("/status").equals("FAILED"));
            assertIsUndoneOnce(tenant);

            death.awake();
            await().atMost(RunFixture.PATIENCE).until(death::hasGoneOn);
            first.bury();
            assertIsUndoneOnce(tenant);
        } finally {
            death.awake();
        }
    }

    @Test
    void twoInstancesSetUpEachTenantOnce() {
        try (var _ = MortalScheduler.besideThatOf(context)) {
            var tenants = IntStream.range(0, 20)
                    .mapToObj(_ -> runs.register(freeSlug()))
                    .toList();
            tenants.forEach(this::awaitSuccess);
            tenants.forEach(this::assertIsSetUpOnce);
        }
    }

    @Test
    void goesOnWhereTheSessionsOfPostgresHaveEndedBetweenTwoSteps() {
        var slug = freeSlug();
        elsewhere.does(slug, () -> {
            for (var scope : List.of(Scope.platform(), Scope.platformRows())) {
                transactions.read(
                        scope,
                        () -> jdbc.queryForList(
                                "select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user"
                                        + " and datname = current_database() and pid <> pg_backend_pid()",
                                Boolean.class));
            }
            return Outcome.completed();
        });

        var tenant = runs.register(slug);

        awaitSuccess(tenant);
        // each connection of the pools whose session has ended is one answer 503 to whoever asks
        await().atMost(RunFixture.PATIENCE).untilAsserted(() -> assertIsSetUpOnce(tenant));
    }

    private void awaitSuccess(Ordered tenant) {
        await().atMost(RunFixture.PATIENCE)
                .ignoreExceptions()
                .until(() -> runs.operation(tenant).text("/status").equals("SUCCEEDED"));
    }

    /** The documented state: one row set, one context in Redis, one event, and nothing left to do. */
    private void assertIsSetUpOnce(Ordered tenant) {
        assertThat(runs.status(tenant)).isEqualTo("ACTIVE");
        assertThat(runs.run(tenant).at("/state").asString()).isEqualTo("SUCCEEDED");
        assertThat(runs.states(tenant))
                .containsExactly(
                        "namespaces COMPLETED",
                        "rows COMPLETED",
                        "collections COMPLETED",
                        "mirror COMPLETED",
                        "elsewhere COMPLETED",
                        "activation COMPLETED");
        assertThat(runs.operation(tenant).text("/status")).isEqualTo("SUCCEEDED");
        assertThat(runs.rows(tenant, "namespace")).isEqualTo(1);
        assertThat(runs.rows(tenant, "provisioning_run")).isEqualTo(1);
        assertThat(runs.events(tenant, "tenant.provisioned")).isEqualTo(1);
        assertThat(runs.events(tenant, "provisioning.failed")).isZero();
        await().untilAsserted(() -> assertThat(
                        redis.<String>call(commands -> commands.hget(RedisKeys.context(tenant.id()), "value")))
                .contains("\"ACTIVE\""));
    }

    private void assertIsUndoneOnce(Ordered tenant) {
        assertThat(runs.status(tenant)).isEqualTo("PROVISIONING_FAILED");
        assertThat(runs.states(tenant))
                .containsExactly(
                        "namespaces COMPENSATED",
                        "rows COMPENSATED",
                        "collections COMPENSATED",
                        "mirror COMPENSATED",
                        "elsewhere COMPENSATED");
        assertThat(runs.rows(tenant, "namespace")).isZero();
        assertThat(runs.events(tenant, "provisioning.failed")).isEqualTo(1);
        assertThat(runs.events(tenant, "tenant.provisioned")).isZero();
    }
}
