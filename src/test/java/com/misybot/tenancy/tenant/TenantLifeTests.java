package com.misybot.tenancy.tenant;

import static com.misybot.tenancy.Api.freeSlug;
import static com.misybot.tenancy.Api.tenant;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Difference;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class TenantLifeTests {

    private static final String WHY = "{\"reason\":\"because\",\"ticket\":\"OPS-1\"}";

    private final ConfigurableApplicationContext context;
    private final Api api;

    TenantLifeTests(ApplicationContext context) {
        this.context = (ConfigurableApplicationContext) context;
        this.api = Api.operator(context);
    }

    @Test
    void saysInTheLogWhoAskedAndWhichTenantItIsAbout() {
        var slug = freeSlug();
        var problems = (Logger) LoggerFactory.getLogger("com.misybot.tenancy.problems");
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        problems.addAppender(lines);
        try {
            api.post("/tenants", tenant(slug));
            move(slug, "resume");
            api.get("/tenants/" + freeSlug());
        } finally {
            problems.detachAppender(lines);
        }
        assertThat(lines.list)
                .filteredOn(line -> slug.equals(line.getMDCPropertyMap().get("tenant")))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.getFormattedMessage()).endsWith("resume: 409 illegal_transition");
                    assertThat(line.getMDCPropertyMap().get("actor")).startsWith("operator:");
                });
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            '',                    suspend,    200, SUSPENDED
            '',                    deactivate, 200, DEACTIVATED
            '',                    resume,     409, 'suspend,deactivate,delete'
            '',                    activate,   409, 'suspend,deactivate,delete'
            '',                    restore,    409, 'suspend,deactivate,delete'
            suspend,               resume,     200, ACTIVE
            suspend,               deactivate, 200, DEACTIVATED
            suspend,               suspend,    409, 'resume,deactivate,delete'
            suspend,               activate,   409, 'resume,deactivate,delete'
            deactivate,            activate,   200, ACTIVE
            deactivate,            suspend,    409, 'activate,delete'
            deactivate,            resume,     409, 'activate,delete'
            delete,                restore,    200, ACTIVE
            delete,                activate,   409, restore
            delete,                delete,     409, restore
            'suspend delete',      restore,    200, SUSPENDED
            'deactivate delete',   restore,    200, DEACTIVATED
            """)
    void keepsTheTableOfStates(String before, String move, int status, String outcome) {
        var slug = freeSlug();
        api.post("/tenants", tenant(slug));
        for (var step : before.split(" ", -1)) {
            if (!step.isEmpty()) {
                assertThat(move(slug, step).status()).isBetween(200, 202);
            }
        }
        var answer = move(slug, move);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        if (status == 200) {
            assertThat(answer.text("/status")).isEqualTo(outcome);
        } else {
            assertThat(answer.text("/code")).isEqualTo("illegal_transition");
            assertThat(String.join(
                            ",",
                            answer.json()
                                    .at("/allowed")
                                    .valueStream()
                                    .map(n -> n.asString())
                                    .toList()))
                    .isEqualTo(outcome);
        }
    }

    @ParameterizedTest
    @CsvSource({"suspend", "deactivate"})
    void asksForAReasonWhereOneIsRequired(String move) {
        var slug = freeSlug();
        api.post("/tenants", tenant(slug));
        var refused = api.send("POST", "/tenants/" + slug + "/" + move, null);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("/code")).isEqualTo("reason_required");
        assertThat(api.delete("/tenants/" + slug, "If-Match", "*").text("/code"))
                .isEqualTo("reason_required");
        assertThat(api.post("/tenants/" + slug + "/" + move, WHY, "X-Reason", "other")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void schedulesAPurgeAndUndoesIt() {
        var slug = freeSlug();
        api.post("/tenants", tenant(slug));
        var deleted = api.delete("/tenants/" + slug + "?purgeAfter=P2D", "If-Match", "\"2\"", "X-Reason", "over");
        assertThat(deleted.status()).as(deleted.toString()).isEqualTo(202);
        assertThat(deleted.text("/status")).isEqualTo("PENDING_DELETION");
        assertThat(Duration.between(
                        Instant.parse(deleted.text("/statusSince")), Instant.parse(deleted.text("/purgeAt"))))
                .isEqualTo(Duration.ofDays(2));
        assertThat(deleted.json().at("/purgeDue").asBoolean()).isFalse();
        assertThat(api.get("/tenants/" + slug).text("/status")).isEqualTo("PENDING_DELETION");
        var restored = api.send("POST", "/tenants/" + slug + "/restore", null);
        assertThat(restored.json().has("purgeAt")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"PT23H", "P366D", "30", "P-2D", "''"})
    void refusesAPurgeTooSoonOrTooLate(String purgeAfter) {
        var slug = freeSlug();
        api.post("/tenants", tenant(slug));
        var refused = api.delete("/tenants/" + slug + "?purgeAfter=" + purgeAfter, "If-Match", "*", "X-Reason", "over");
        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
    }

    @Test
    void suspendsATenantWhoseTimeIsOverAndKeepsItSo() {
        var slug = freeSlug();
        var soon = Instant.now().plusSeconds(2);
        api.post(
                "/tenants",
                "{\"tenantId\":\"%s\",\"business\":{\"name\":\"x\"},\"activeUntil\":\"%s\"}".formatted(slug, soon));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(api.get("/tenants/" + slug).text("/status")).isEqualTo("SUSPENDED"));
        assertThat(api.get("/tenants/" + slug).text("/updatedBy")).isEqualTo("system:tenant.deadline");
        var refused = api.send("POST", "/tenants/" + slug + "/resume", null);
        assertThat(refused.text("/code")).isEqualTo("active_until_passed");
        api.patch("/tenants/" + slug, "{\"activeUntil\":null}", "If-Match", "*");
        assertThat(api.send("POST", "/tenants/" + slug + "/resume", null).status())
                .isEqualTo(200);
    }

    @Test
    void resumesATenantWhenItsSuspensionEnds() {
        var slug = freeSlug();
        api.post("/tenants", tenant(slug));
        var soon = Instant.now().plusSeconds(2);
        var suspended =
                api.post("/tenants/" + slug + "/suspend", "{\"reason\":\"pause\",\"until\":\"%s\"}".formatted(soon));
        assertThat(suspended.text("/status")).isEqualTo("SUSPENDED");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(api.get("/tenants/" + slug).text("/status")).isEqualTo("ACTIVE"));
    }

    @Test
    void tellsEveryChangeInItsTransaction() {
        var told = new CopyOnWriteArrayList<Change>();
        var listener = listener(told::add);
        context.addApplicationListener(listener);
        try {
            var slug = freeSlug();
            api.post("/tenants", tenant(slug));
            api.patch(
                    "/tenants/" + slug,
                    "{\"labels\":{\"a\":\"b\"},\"business\":{\"country\":\"FR\",\"email\":\"anna@acme.example\"}}",
                    "If-Match",
                    "*",
                    "X-Reason",
                    "r",
                    "X-Ticket",
                    "t");
            api.patch("/tenants/" + slug, "{\"labels\":{\"a\":\"b\"}}", "If-Match", "*");
            move(slug, "suspend");
            var changes = told.stream()
                    .filter(change -> change.subject().equals(slug))
                    .toList();
            assertThat(changes)
                    .extracting(Change::type)
                    .containsExactly("tenant.created", "tenant.provisioned", "tenant.updated", "tenant.suspended");
            assertThat(changes.get(2).fields()).containsOnlyKeys("business.country", "business.email", "labels");
            assertThat(changes.get(2).fields()).containsEntry("business.email", Difference.MASKED);
            assertThat(changes.get(0).fields().toString()).doesNotContain("@");
            assertThat(changes.get(2).fields()).containsEntry("labels", Difference.ofJson("{}", "{\"a\":\"b\"}"));
            assertThat(changes.get(3).fields())
                    .containsEntry("status", Difference.ofJson("\"ACTIVE\"", "\"SUSPENDED\""));
            assertThat(changes.get(2).cause().sender()).satisfies(sender -> {
                assertThat(requireNonNull(sender).network()).isEqualTo("127.0.0.0/24");
                assertThat(sender.keyId()).isNotBlank();
                assertThat(sender.requestId()).matches("[0-9a-f]{32}");
            });
            assertThat(changes.get(2).cause().reason()).isEqualTo("r");
            assertThat(changes.get(2).cause().ticket()).isEqualTo("t");
            assertThat(changes)
                    .extracting(change -> change.cause().actor().kind().name())
                    .containsExactly("OPERATOR", "SYSTEM", "OPERATOR", "OPERATOR");
        } finally {
            context.removeApplicationListener(listener);
        }
    }

    @Test
    void takesAChangeBackWhoseListenerFails() {
        var slug = freeSlug();
        var listener = listener(change -> {
            if (change.subject().equals(slug) && change.type().equals("tenant.suspended")) {
                throw new IllegalStateException("the trail cannot be written");
            }
        });
        context.addApplicationListener(listener);
        try {
            api.post("/tenants", tenant(slug));
            assertThat(move(slug, "suspend").status()).isEqualTo(500);
            assertThat(api.get("/tenants/" + slug).text("/status")).isEqualTo("ACTIVE");
        } finally {
            context.removeApplicationListener(listener);
        }
    }

    private Api.Answer move(String slug, String move) {
        return move.equals("delete")
                ? api.delete("/tenants/" + slug, "If-Match", "*", "X-Reason", "over")
                : api.post("/tenants/" + slug + "/" + move, WHY);
    }

    private static ApplicationListener<PayloadApplicationEvent<Change>> listener(
            java.util.function.Consumer<Change> to) {
        return ApplicationListener.forPayload(to);
    }
}
