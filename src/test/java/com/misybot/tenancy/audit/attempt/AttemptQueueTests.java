package com.misybot.tenancy.audit.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.audit.Chained;
import com.misybot.tenancy.audit.Entries;
import com.misybot.tenancy.audit.EntryFilter;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Attempt;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.security.apikey.TestKeys;
import com.misybot.tenancy.tenant.transfer.ImportClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** Attempts on their way, in a queue that is small. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class AttemptQueueTests {

    private static final Reach ANOTHER = new Reach(Set.of(new TenantId("another-one")), Map.of(), Set.of(), Set.of());

    private final ApplicationContext context;
    private final Api api;
    private final AttemptWriter writer;
    private final Tallies tallies;
    private final Entries entries;
    private final String mark = "m" + UUID.randomUUID();
    private UUID tenant = Scope.NIL;
    private TenantId slug = new TenantId("none-yet");

    AttemptQueueTests(ApplicationContext context, AttemptWriter writer, Tallies tallies, Entries entries) {
        this.context = context;
        this.api = Api.operator(context);
        this.writer = writer;
        this.tallies = tallies;
        this.entries = entries;
    }

    @BeforeEach
    void registersATenant() {
        slug = new TenantId(Api.freeSlug());
        tenant = UUID.fromString(api.post("/tenants", Api.tenant(slug.value())).text("/id"));
    }

    private Attempt attempt(String route, Reach reach) {
        return new Attempt(
                UUID.randomUUID(),
                slug,
                Attempt.Kind.REFUSED,
                route,
                "/x",
                403,
                "forbidden",
                reach,
                Cause.of(new Actor(Actor.Kind.TENANT, mark)),
                Instant.now());
    }

    private Summaries summaries() {
        return new Summaries(tallies, writer, Duration.ofMinutes(1));
    }

    private List<Chained> of(UUID trail, String action) {
        return entries.latest(trail, new EntryFilter(null, null, null, action, null, null), null, 100);
    }

    private boolean isSummed(UUID trail, long number) {
        return of(trail, "audit.summary").stream()
                .anyMatch(one ->
                        String.valueOf(one.entry().details()).matches(".*" + mark + "[^,]*:" + number + "[,}].*"));
    }

    @Test
    void writesWhatIsWaitingWhenItStops() {
        var queue = new AttemptQueue(writer, 100, summaries());
        for (var i = 0; i < 50; i++) {
            queue.on(attempt("POST " + mark, Reach.all()));
        }
        queue.start();
        queue.stop();
        assertThat(of(tenant, "POST " + mark)).hasSize(50);
    }

    @Test
    void saysHowManyWereLost() {
        var before = of(Scope.NIL, "audit.attempts_lost").size();
        var queue = new AttemptQueue(writer, 3, summaries());
        for (var i = 0; i < 10; i++) {
            queue.on(attempt("POST " + mark, Reach.all()));
        }
        queue.start();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(of(Scope.NIL, "audit.attempts_lost"))
                        .hasSize(before + 1)
                        .first()
                        .satisfies(one -> assertThat(one.entry().details()).contains("\"lost\":7")));
        queue.stop();
        assertThat(of(tenant, "POST " + mark)).hasSize(3);
    }

    @Test
    void countsWhatWouldBeTooMuch() {
        var queue = new AttemptQueue(writer, 1_000, summaries());
        queue.start();
        for (var i = 0; i < 30; i++) {
            tallies.count(slug.value(), new Actor(Actor.Kind.SERVICE, mark), "GET context 200");
        }
        queue.stop();
        assertThat(isSummed(tenant, 30)).isTrue();
        assertThat(of(tenant, "audit.summary")).hasSize(1);
    }

    @Test
    void nobodyWritesOnTheTrailOfAnotherTenant() {
        var queue = new AttemptQueue(writer, 1_000, summaries());
        queue.start();
        for (var i = 0; i < 20; i++) {
            queue.on(attempt("POST /api/v1/tenants/{tenantId}/suspend", ANOTHER));
        }
        queue.stop();
        assertThat(entries.from(tenant, 1, 10)).hasSize(2);
        assertThat(isSummed(Scope.NIL, 20)).isTrue();
    }

    /** Over HTTP: what was answered, what was refused, and who was not let in. */
    @Test
    void countsByTenantCallerAndOutcome() {
        var site = api.get("/tenants/" + slug).text("/siteId");
        for (var i = 0; i < 3; i++) {
            assertThat(api.get("/context?siteId=" + site + "&origin=https://not-allowed.example")
                            .status())
                    .isEqualTo(403);
            assertThat(api.get("/tenants/" + slug + "/sessions/none").status()).isEqualTo(404);
            assertThat(Api.with(context, "misy_op_wrong").get("/tenants").status())
                    .isEqualTo(401);
        }
        var port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        new ImportClient(port, TestKeys.operator(context)).send("", Api.tenant(slug.value()) + "\n{}\n");
        var counted = tallies.take();
        assertThat(counted.getOrDefault(slug.value(), Map.of()).entrySet())
                .anySatisfy(line -> {
                    assertThat(line.getKey()).endsWith(" GET context origin_not_allowed");
                    assertThat(line.getValue()).isEqualTo(3);
                })
                .anySatisfy(line -> assertThat(line.getKey()).contains(" GET sessions "));
        assertThat(counted.getOrDefault("", Map.of()).keySet())
                .as("lines of an import")
                .anyMatch(line -> line.endsWith(" import name_taken"));
        assertThat(counted.get(""))
                .hasEntrySatisfying(
                        "nobody unauthenticated", number -> assertThat(number).isGreaterThanOrEqualTo(3));
    }
}
