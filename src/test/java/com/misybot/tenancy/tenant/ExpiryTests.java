package com.misybot.tenancy.tenant;

import static com.misybot.tenancy.Api.freeSlug;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.job.JobId;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.operation.job.JobType;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** Warnings before activeUntil. Time passes by moving the end of a tenant nearer, where its clock is that of the database. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "tenancy.tenant.expiry-warnings=14d,3d,1d,3598s")
@TestConstructor(autowireMode = AutowireMode.ALL)
class ExpiryTests {

    private final ConfigurableApplicationContext context;
    private final ExpiryHandler handler;
    private final ScopedTransactions transactions;
    private final JdbcClient jdbc;
    private final Api api;
    private final String slug = freeSlug();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final ApplicationListener<PayloadApplicationEvent<Change>> listener =
            ApplicationListener.forPayload(change -> {
                if (change.subject().equals(slug) && change.type().equals("tenant.expiring")) {
                    var within = change.fields().get("expiresWithin");
                    told.add(within == null ? "nothing" : String.valueOf(within.after()));
                }
            });

    ExpiryTests(ApplicationContext context, ExpiryHandler handler, ScopedTransactions transactions, JdbcClient jdbc) {
        this.context = (ConfigurableApplicationContext) context;
        this.handler = handler;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.api = Api.operator(context);
    }

    @BeforeEach
    void listen() {
        context.addApplicationListener(listener);
    }

    @AfterEach
    void stopListening() {
        context.removeApplicationListener(listener);
    }

    @Test
    void warnsOnceForEachPeriodAndLeavesTheVersionAlone() {
        var id = registerFor(Duration.ofDays(20));
        var version = api.get("/tenants/" + slug).header("ETag");

        runJobs(id);
        assertThat(told).isEmpty();
        endsIn(id, Duration.ofDays(13));
        runJobs(id);
        endsIn(id, Duration.ofDays(4));
        runJobs(id);
        assertThat(told).containsExactly("\"PT336H\"");
        endsIn(id, Duration.ofDays(2));
        runJobs(id);
        endsIn(id, Duration.ofHours(23));
        runJobs(id);

        assertThat(told).containsExactly("\"PT336H\"", "\"PT72H\"", "\"PT24H\"");
        assertThat(api.get("/tenants/" + slug).header("ETag")).isEqualTo(version);
        assertThat(api.get("/tenants/" + slug).text("/status")).isEqualTo("ACTIVE");
    }

    @Test
    void tellsTheShortestAloneToWhomItComesLate() {
        var id = registerFor(Duration.ofDays(20));
        endsIn(id, Duration.ofDays(2));

        runJobs(id);

        assertThat(told).containsExactly("\"PT72H\"");
    }

    @Test
    void warnsOfNoPeriodThatHadBegunWhenTheEndWasSet() {
        var id = registerFor(Duration.ofDays(2));
        runJobs(id);
        assertThat(told).isEmpty();

        endsIn(id, Duration.ofHours(20));
        runJobs(id);

        assertThat(told).containsExactly("\"PT24H\"");
    }

    @Test
    void warnsAgainAfterTheEndWasChanged() {
        var id = registerFor(Duration.ofDays(20));
        endsIn(id, Duration.ofDays(13));
        runJobs(id);
        var later = Instant.now().plus(Duration.ofDays(30));
        assertThat(api.patch("/tenants/" + slug, "{\"activeUntil\":\"" + later + "\"}", "If-Match", "*")
                        .status())
                .isEqualTo(200);
        runJobs(id);
        assertThat(told).hasSize(1);

        endsIn(id, Duration.ofDays(13));
        runJobs(id);

        assertThat(told).containsExactly("\"PT336H\"", "\"PT336H\"");
    }

    @Test
    void isSilentWhileSuspendedAndWarnsByItsJobOnceResumed() {
        var id = registerFor(Duration.ofDays(20));
        api.post("/tenants/" + slug + "/suspend", "{\"reason\":\"pause\"}");
        endsIn(id, Duration.ofDays(2));
        runJobs(id);
        assertThat(told).isEmpty();

        api.post("/tenants/" + slug + "/resume", "{}");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(told).containsExactly("\"PT72H\""));
    }

    @Test
    void warnsByItselfWhenTheTimeHasCome() {
        registerFor(Duration.ofHours(1));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(told).containsExactly("\"PT59M58S\""));
        var event = api.get("/tenants/" + slug + "/events")
                .json()
                .at("/items")
                .valueStream()
                .filter(item -> item.at("/type").asString().endsWith("tenant.expiring"));
        assertThat(event).hasSize(1);
    }

    private UUID registerFor(Duration time) {
        var made = api.post(
                "/tenants",
                "{\"tenantId\":\"%s\",\"business\":{\"name\":\"x\"},\"activeUntil\":\"%s\"}"
                        .formatted(slug, Instant.now().plus(time)),
                "Prefer",
                "wait=30");
        assertThat(made.text("/status")).as(made.toString()).isEqualTo("ACTIVE");
        return UUID.fromString(made.text("/id"));
    }

    private void endsIn(UUID id, Duration time) {
        transactions.change(
                Scope.tenant(id),
                () -> jdbc.sql("update tenant set active_until = ? where id = ?")
                        .params(Instant.now().plus(time).atOffset(ZoneOffset.UTC), id)
                        .update());
    }

    /** Two jobs of two changes. */
    private void runJobs(UUID id) {
        handler.run(new Job(new JobId(id, UUID.randomUUID())), new JobType.NoData());
        handler.run(new Job(new JobId(id, UUID.randomUUID())), new JobType.NoData());
    }

    private record Job(JobId id) implements JobRun {

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public long fence() {
            return 1;
        }

        @Override
        public void checkpoint() {}

        @Override
        public void confirm() {}
    }
}
