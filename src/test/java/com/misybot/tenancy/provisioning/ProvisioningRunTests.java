package com.misybot.tenancy.provisioning;

import static com.misybot.tenancy.Api.freeSlug;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.lifecycle.ProvisioningStep.Outcome;
import com.misybot.tenancy.provisioning.RunFixture.Ordered;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** Steps that wait, fail, raise and cannot be undone. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "tenancy.provisioning.retries=3",
            "tenancy.provisioning.first-delay=20ms",
            "tenancy.provisioning.longest-delay=1m",
            "tenancy.provisioning.stuck-after=1s",
            "tenancy.provisioning.look-every=1s"
        })
@Import(ScriptedStep.Steps.class)
@TestConstructor(autowireMode = AutowireMode.ALL)
class ProvisioningRunTests {

    private final RunFixture runs;
    private final ScriptedStep rows;
    private final ScriptedStep elsewhere;
    private final StuckRuns stuck;
    private final MeterRegistry meters;
    private final JdbcTemplate jobs;

    ProvisioningRunTests(
            ApplicationContext context,
            StuckRuns stuck,
            MeterRegistry meters,
            @Qualifier("schedulerDataSource") DataSource jobs,
            ScriptedStep.Scripts scripts) {
        this.runs = new RunFixture(context);
        this.rows = scripts.rows();
        this.elsewhere = scripts.elsewhere();
        this.stuck = stuck;
        this.meters = meters;
        this.jobs = new JdbcTemplate(jobs);
    }

    private static ScriptedStep.Attempt retry(Duration after) {
        return () -> Outcome.retry(after, "the store is away");
    }

    private static ScriptedStep.Attempt raising() {
        return () -> {
            throw new IllegalStateException("with a password in it");
        };
    }

    @Test
    void waitsForWhatIsAwayAndGoesOn() {
        var slug = freeSlug();
        elsewhere.does(slug, retry(Duration.ZERO), raising(), retry(Duration.ZERO));

        var tenant = runs.register(slug);

        awaitEnd(tenant, "SUCCEEDED");
        assertThat(runs.status(tenant)).isEqualTo("ACTIVE");
        assertThat(runs.run(tenant).at("/steps/4/attempts").asInt()).isEqualTo(4);
        assertThat(runs.run(tenant).at("/steps/0/attempts").asInt()).isEqualTo(1);
        var id = runs.run(tenant).at("/id").asString();
        assertThat(elsewhere.keys().stream().filter(key -> key.startsWith(id)))
                .hasSize(4)
                .containsOnly(id + ":elsewhere");
    }

    @Test
    void saysWhatItWaitsForWithoutTheTextOfAnException() {
        var slug = freeSlug();
        elsewhere.does(slug, raising(), retry(Duration.ofMinutes(5)));

        var tenant = runs.register(slug);

        await().atMost(RunFixture.PATIENCE)
                .until(() -> runs.states(tenant).contains("elsewhere WAITING")
                        && runs.run(tenant).at("/steps/4/attempts").asInt() == 2);
        var operation = runs.operation(tenant);
        assertThat(operation.text("/status")).isEqualTo("RUNNING");
        assertThat(operation.text("/steps/4/error/code")).isEqualTo("step_waiting");
        assertThat(operation.text("/steps/4/error/detail")).isEqualTo("the store is away");
        assertThat(operation.text("/steps/5/status")).isEqualTo("PENDING");
        assertThat(operation.toString()).doesNotContain("password");
        assertThat(runs.api.post(tenant.operation() + "/cancel", "{}").text("/code"))
                .isEqualTo("operation_not_cancellable");
        assertThat(runs.api
                        .delete("/tenants/" + slug, "If-Match", "*", "X-Reason", "r")
                        .json()
                        .at("/allowed/0")
                        .asString())
                .isEqualTo("abort");

        // the look at what is stuck finds it, and readiness does not care
        await().atMost(RunFixture.PATIENCE)
                .until(() -> meters.get("tenancy.provisioning.stuck").gauge().value() >= 1);
        assertThat(stuck.health().getStatus()).isEqualTo(Status.DOWN);

        abort(tenant, "not wanted any more");
        awaitEnd(tenant, "FAILED");
        assertThat(runs.operation(tenant).text("/error/code")).isEqualTo("provisioning_aborted");
        assertThat(runs.api.get("/tenants/" + slug).text("/statusReason")).isEqualTo("Aborted: not wanted any more");
        assertThat(runs.events(tenant, "provisioning.abort_requested")).isEqualTo(1);
        assertThat(runs.run(tenant).at("/abortRequestedBy").asString()).startsWith("operator:");
    }

    private void abort(Ordered tenant, String reason) {
        var path = "/tenants/" + tenant.slug() + "/provisioning/abort";
        var body = "{\"reason\":\"" + reason + "\"}";
        assertThat(runs.api.post(path, body, "If-Match", "\"9\"").status()).isEqualTo(412);
        var accepted = runs.api.post(path, body, "If-Match", "\"1\"");
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
        assertThat(RunFixture.operation(accepted)).isEqualTo(tenant.operation());
        // twice is as good as once
        assertThat(runs.api.post(path, body).status()).isIn(202, 409);
    }

    @Test
    void undoesEverythingInReverseWhereAStepFailsAndSetsItUpOnceMore() {
        var slug = freeSlug();
        elsewhere.does(slug, () -> Outcome.failed("there is no place for it"));

        var tenant = runs.register(slug);

        awaitEnd(tenant, "FAILED");
        assertThat(runs.status(tenant)).isEqualTo("PROVISIONING_FAILED");
        assertThat(runs.api.get("/tenants/" + slug).text("/statusReason"))
                .isEqualTo("The step elsewhere failed: there is no place for it");
        assertThat(runs.operation(tenant).text("/error/code")).isEqualTo("provisioning_failed");
        assertThat(runs.states(tenant))
                .containsExactly(
                        "namespaces COMPENSATED",
                        "rows COMPENSATED",
                        "collections COMPENSATED",
                        "mirror COMPENSATED",
                        "elsewhere COMPENSATED");
        var steps = runs.run(tenant).at("/steps");
        for (var i = 1; i < steps.size(); i++) {
            assertThat(steps.get(i - 1).at("/endedAt").asString())
                    .isGreaterThan(steps.get(i).at("/endedAt").asString());
        }
        assertThat(runs.rows(tenant, "namespace")).isZero();
        assertThat(runs.events(tenant, "provisioning.failed")).isEqualTo(1);
        assertThat(runs.events(tenant, "tenant.provisioned")).isZero();

        var retried = runs.api.post("/tenants/" + slug + "/provisioning/retry", "{}", "If-Match", "\"2\"");
        assertThat(retried.status()).as(retried.toString()).isEqualTo(202);
        var again = new Ordered(slug, tenant.id(), RunFixture.operation(retried));
        awaitEnd(again, "SUCCEEDED");
        assertThat(runs.status(again)).isEqualTo("ACTIVE");
        assertThat(runs.api.get("/tenants/" + slug).text("/statusReason")).isEmpty();
        assertThat(runs.rows(tenant, "namespace")).isEqualTo(1);
        assertThat(runs.rows(tenant, "provisioning_run")).isEqualTo(2);
        assertThat(runs.events(tenant, "tenant.provisioned")).isEqualTo(1);
        assertThat(runs.events(tenant, "provisioning.retried")).isEqualTo(1);
        var page = runs.api.get("/tenants/" + slug + "/provisioning?pageSize=1");
        assertThat(page.text("/items/0/state")).isEqualTo("SUCCEEDED");
        assertThat(runs.api
                        .get("/tenants/" + slug + "/provisioning?pageSize=1&pageToken=" + page.text("/nextPageToken"))
                        .text("/items/0/state"))
                .isEqualTo("FAILED");
    }

    @Test
    void failsWhereAStepHasWaitedOftenEnough() {
        var slug = freeSlug();
        var away = retry(Duration.ZERO);
        elsewhere.does(slug, away, away, away, away);

        var tenant = runs.register(slug);

        awaitEnd(tenant, "FAILED");
        assertThat(runs.run(tenant).at("/steps/4/attempts").asInt()).isEqualTo(4);
        assertThat(runs.run(tenant).at("/reason").asString()).isEqualTo("The step elsewhere failed: the store is away");
    }

    @Test
    void undoesARecordedStepAloneWhereItRefuses() {
        var slug = freeSlug();
        rows.does(slug, raising(), raising(), retry(Duration.ZERO), raising());

        var tenant = runs.register(slug);

        awaitEnd(tenant, "SUCCEEDED");
        // the first refusal is of several steps at once, which are then done one by one
        assertThat(runs.states(tenant)).contains("namespaces COMPLETED", "rows COMPLETED");
        assertThat(runs.run(tenant).at("/steps/0/attempts").asInt()).isEqualTo(1);
        assertThat(runs.run(tenant).at("/steps/1/attempts").asInt()).isEqualTo(3);
    }

    @Test
    void failsWhereItWasBegunTooOftenAndCameNoFurther() {
        var slug = freeSlug();
        elsewhere.does(slug, retry(Duration.ofMinutes(10)));
        var tenant = runs.register(slug);
        await().atMost(RunFixture.PATIENCE).until(() -> runs.states(tenant).contains("elsewhere WAITING"));

        // as if its owners had died so often
        await().atMost(RunFixture.PATIENCE)
                .until(() -> jobs.update(
                                "update scheduled_tasks set consecutive_failures = 30, execution_time = now(), version = version + 1"
                                        + " where not picked and task_instance like '%' || ?",
                                tenant.operation().replaceFirst(".*/", ""))
                        == 1);

        awaitEnd(tenant, "FAILED");
        assertThat(runs.run(tenant).at("/reason").asString())
                .isEqualTo("The run was begun 31 times in a row and came no further.");
    }

    @Test
    void keepsWhatItsNeighboursHaveDoneWhereARecordedStepWaits() {
        var slug = freeSlug();
        var away = retry(Duration.ofMinutes(10));
        rows.does(slug, away, away);

        var tenant = runs.register(slug);

        await().atMost(RunFixture.PATIENCE)
                .untilAsserted(
                        () -> assertThat(runs.states(tenant)).containsExactly("namespaces COMPLETED", "rows WAITING"));
        assertThat(runs.rows(tenant, "namespace")).isEqualTo(1);
        runs.api.post("/tenants/" + slug + "/provisioning/abort", "{}");
        awaitEnd(tenant, "FAILED");
        assertThat(runs.rows(tenant, "namespace")).isZero();
    }

    @Test
    void goesOnWhereAStepCannotBeUndone() {
        var slug = freeSlug();
        elsewhere.does(slug, () -> Outcome.failed("there is no place for it"));
        elsewhere.undoes(slug, raising(), () -> Outcome.failed("nobody lets go of it"));

        var tenant = runs.register(slug);

        awaitEnd(tenant, "FAILED");
        assertThat(runs.states(tenant))
                .containsExactly(
                        "namespaces COMPENSATED",
                        "rows COMPENSATED",
                        "collections COMPENSATED",
                        "mirror COMPENSATED",
                        "elsewhere LEFT");
        assertThat(runs.run(tenant).at("/steps/4/reason").asString()).isEqualTo("nobody lets go of it");
        assertThat(runs.run(tenant).at("/steps/4/undoAttempts").asInt()).isEqualTo(2);
        assertThat(runs.rows(tenant, "namespace")).isZero();
    }

    @Test
    void keepsAnsweringWhileATenantIsSetUp() {
        var slug = freeSlug();
        elsewhere.does(slug, retry(Duration.ofSeconds(2)));
        var made = runs.api.post("/tenants", """
                {"tenantId":"%s","business":{"name":"Acme"},"allowedOrigins":["https://www.acme.example"]}""".formatted(slug), "Prefer", "wait=1");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("/status")).isEqualTo("PROVISIONING");
        assertThat(made.text("/secret")).startsWith("misy_ten_");
        assertThat(made.header("Preference-Applied")).isEqualTo("wait=1");
        assertThat(runs.api
                        .get("/context?siteId=" + made.text("/siteId") + "&origin=https://www.acme.example")
                        .text("/code"))
                .isEqualTo("tenant_not_active");
        await().atMost(RunFixture.PATIENCE)
                .until(() -> runs.api.get("/tenants/" + slug).text("/status").equals("ACTIVE"));
    }

    private void awaitEnd(Ordered tenant, String status) {
        await().atMost(RunFixture.PATIENCE)
                .untilAsserted(
                        () -> assertThat(runs.operation(tenant).text("/status")).isEqualTo(status));
    }
}
