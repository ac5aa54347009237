package com.misybot.tenancy.event.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.event.Happenings;
import com.misybot.tenancy.event.webhook.FollowFeed.Step;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.security.apikey.TestKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Webhooks of the platform: told of every tenant's events, by the feed. */
class PlatformWebhookTests extends WebhookFixture {

    private static final String PATH = "/webhooks";

    @AfterEach
    void removeAll() {
        for (var hook : api().get(PATH + "?pageSize=200").json().path("items")) {
            api().delete(PATH + "/" + hook.path("id").asString(), "If-Match", "*");
        }
    }

    @Test
    void tellsOfEveryTenantsEventsInTheOrderOfTheFeed() throws Exception {
        var receiver = receiver();
        var hook = hook(receiver.url(), "tenant.*", "webhook.*");
        var from = api().get("/events?after=latest").text("/next");
        var one = tenant();
        var other = tenant();
        for (var i = 0; i < 5; i++) {
            change(one);
            change(other);
        }
        var fed = new ArrayList<String>();
        await().untilAsserted(() -> {
            fed.clear();
            api().get("/events?limit=1000&type=tenant.updated&after=" + from)
                    .json()
                    .path("items")
                    .forEach(event -> fed.add(event.path("id").asString()));
            assertThat(fed).hasSizeGreaterThanOrEqualTo(10);
            assertThat(of("tenant.updated", receiver)).hasSameSizeAs(fed);
        });

        assertThat(placed(hook, "tenant.updated")).containsExactlyElementsOf(fed);
        var message = receiver.of("tenant.updated").stream()
                .filter(told -> told.json().path("tenantid").asString("").equals(one.slug()))
                .findFirst()
                .orElseThrow();
        assertThat(message.isSignedWith(hook.secret())).isTrue();
        assertThat(message.json().path("source").asString("")).isEqualTo("/tenants/" + one.id());
        var log = api().get(hook.path() + "/deliveries?pageSize=200").json().path("items");
        assertThat(log)
                .anySatisfy(delivery ->
                        assertThat(delivery.path("source").asString()).isEqualTo("/tenants/" + other.id()));
        assertThat(receiver.of("webhook.created"))
                .as("the first it is told of is that it was made")
                .anySatisfy(told -> assertThat(told.json().path("subject").asString(""))
                        .isEqualTo(hook.id().toString()));
    }

    @Test
    void tellsEachEventOnceThoughTwoFollowTheFeedAndSomeCommitsAreOvertaken() throws Exception {
        var happenings = new Happenings(context);
        var slow = tenant().id();
        var fast = tenant().id();
        var receiver = receiver();
        var hook = hook(receiver.url(), Happenings.TYPE);
        var follow = context.getBean(FollowFeed.class);
        var expected = new HashSet<UUID>();
        var begun = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var overtaken = threads.submit(() -> happenings.happen(slow, "slow", () -> {
                begun.countDown();
                uninterruptibly(mayEnd);
            }));
            begun.await();
            for (var i = 0; i < 50; i++) {
                expected.add(happenings.happen(fast, "fast" + i));
                together(() -> follow.next(), threads);
            }
            assertThat(told(hook)).as("what is overtaken may still come").isEmpty();
            mayEnd.countDown();
            expected.add(overtaken.get());
            for (var i = 0; i < 50; i++) {
                expected.add(happenings.happen(fast, "after" + i));
                together(() -> follow.next(), threads);
            }
        }
        await().untilAsserted(() -> assertThat(told(hook)).containsAll(expected));
        assertThat(told(hook).stream().filter(expected::contains)).hasSize(expected.size());
        await().untilAsserted(() -> assertThat(receiver.messages()).hasSizeGreaterThanOrEqualTo(expected.size()));
        assertThat(receiver.messages().stream().map(Receiver.Message::id))
                .as("and each is sent once")
                .doesNotHaveDuplicates();
    }

    @Test
    void beginsWhereItWasMadeOrEnabledAndPassesOverWhatWasBefore() {
        var tenant = tenant();
        change(tenant);
        var receiver = receiver();
        var hook = hook(receiver.url(), "tenant.updated");
        change(tenant);
        await().until(() -> !about(tenant, receiver).isEmpty());
        assertThat(about(tenant, receiver)).containsExactly(3L);

        assertThat(api().patch(hook.path(), "{\"state\":\"DISABLED\"}", "If-Match", "*")
                        .status())
                .isEqualTo(200);
        change(tenant);
        assertThat(context.getBean(FollowFeed.class).next()).isEqualTo(Step.NOBODY);
        assertThat(api().patch(hook.path(), "{\"state\":\"ENABLED\"}", "If-Match", "*")
                        .status())
                .isEqualTo(200);
        change(tenant);
        await().until(() -> about(tenant, receiver).size() > 1);
        assertThat(about(tenant, receiver)).containsExactly(3L, 5L);
    }

    @Test
    void aSecondOneIsToldFromItsOwnBeginning() {
        var tenant = tenant();
        var first = receiver();
        var second = receiver();
        hook(first.url(), "tenant.updated");
        change(tenant);
        hook(second.url(), "tenant.updated");
        change(tenant);
        await().until(() ->
                about(tenant, first).size() == 2 && !about(tenant, second).isEmpty());
        assertThat(about(tenant, second)).containsExactly(3L);
    }

    @Test
    void sendsATestAndRepeatsMessagesAndATime() throws Exception {
        var tenant = tenant();
        var receiver = receiver();
        var hook = hook(receiver.url(), "tenant.updated");
        var began = Instant.now();
        var test = api().post(hook.path() + "/test", "{}");
        assertThat(test.status()).as(test.toString()).isEqualTo(202);
        assertThat(test.text("/source")).isEqualTo("/platform");
        await().until(() -> receiver.of("webhook.test").size() == 1);
        change(tenant);
        change(tenant);
        await().until(() -> about(tenant, receiver).size() == 2);
        var told = receiver.of("tenant.updated").getFirst();
        var again = api().post(hook.path() + "/deliveries/" + told.id() + "/replay", "{}");
        assertThat(again.status()).as(again.toString()).isEqualTo(202);
        await().until(() -> about(tenant, receiver).size() == 3);
        assertThat(receiver.messages().getLast().body()).isEqualTo(told.body());

        var range = api().post(hook.path() + "/replay", "{\"from\":\"%s\"}".formatted(began));
        assertThat(range.status()).as(range.toString()).isEqualTo(202);
        var many = range.json().path("replayed").asInt();
        assertThat(many).isGreaterThanOrEqualTo(2);
        assertThat(Instant.parse(range.text("/lastTime"))).isAfterOrEqualTo(began);
        await().until(() -> about(tenant, receiver).size() == 5);
        assertThat(api().post(
                                hook.path() + "/replay",
                                "{\"from\":\"%s\"}".formatted(Instant.now().plusSeconds(60)))
                        .json()
                        .path("replayed")
                        .asInt())
                .isZero();
        assertThat(api().post(hook.path() + "/replay", "{}").status()).isEqualTo(400);
    }

    @Test
    void rotatesAndIsChangedByVersion() throws Exception {
        var receiver = receiver();
        var hook = hook(receiver.url(), "tenant.updated");
        assertThat(api().patch(hook.path(), "{\"description\":\"a\"}").status()).isEqualTo(428);
        assertThat(api().patch(hook.path(), "{\"description\":\"a\"}", "If-Match", "\"9\"")
                        .status())
                .isEqualTo(412);
        var rotated = api().post(hook.path() + "/rotate", "{\"overlap\":\"PT1H\"}");
        assertThat(rotated.status()).as(rotated.toString()).isEqualTo(200);
        var tenant = tenant();
        change(tenant);
        await().until(() -> !about(tenant, receiver).isEmpty());
        var message = receiver.messages().getLast();
        assertThat(message.isSignedWith(hook.secret())).isTrue();
        assertThat(message.isSignedWith(rotated.text("/secret"))).isTrue();
        assertThat(api().get(PATH + "/count").json().path("count").asInt()).isEqualTo(1);
        assertThat(api().delete(hook.path(), "If-Match", "*").status()).isEqualTo(204);
        assertThat(api().get(hook.path()).text("/code")).isEqualTo("unknown_webhook");
    }

    @Test
    void isForOperatorsWhoReachEveryTenant() {
        var receiver = receiver();
        var hook = hook(receiver.url(), "tenant.updated");
        var tenant = tenant();
        var reach = new Reach(Set.of(new TenantId(tenant.slug())), Map.of(), Set.of(), Set.of());
        var limited = Api.with(context, TestKeys.limited(context, Actor.Kind.OPERATOR, reach));
        var service = Api.with(context, TestKeys.service(context));
        var without = Api.with(context, TestKeys.operator(context, "events:read", "tenants:read"));
        for (var caller : List.of(limited, service, without)) {
            assertThat(caller.get(PATH).status()).isEqualTo(403);
            assertThat(caller.get(PATH + "/count").status()).isEqualTo(403);
            assertThat(caller.get(hook.path()).status()).isEqualTo(403);
            assertThat(caller.get(hook.path() + "/deliveries").status()).isEqualTo(403);
            assertThat(caller.post(PATH, terms(receiver.url(), "*")).status()).isEqualTo(403);
            assertThat(caller.post(hook.path() + "/test", "{}").status()).isEqualTo(403);
            assertThat(caller.post(hook.path() + "/rotate", "{}").status()).isEqualTo(403);
            assertThat(caller.post(hook.path() + "/replay", "{\"from\":\"" + Instant.now() + "\"}")
                            .status())
                    .isEqualTo(403);
            assertThat(caller.delete(hook.path(), "If-Match", "*").status()).isEqualTo(403);
        }
        assertThat(limited.post(PATH, "{}").status()).as("403 comes before 400").isEqualTo(403);
        assertThat(limited.get(tenant.webhooks()).status()).isEqualTo(200);
        assertThat(api().get(tenant.webhooks() + "/" + hook.id()).status())
                .as("it is no tenant's")
                .isEqualTo(404);
        assertThat(api().get(PATH + "/" + hook(tenant, receiver.url(), "*").id())
                        .status())
                .isEqualTo(404);
    }

    private Hook hook(String url, String... types) {
        var made = api().post(PATH, terms(url, types));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.header("Location")).isEqualTo("/api/v1/webhooks/" + made.text("/id"));
        return new Hook(PATH + "/" + made.text("/id"), UUID.fromString(made.text("/id")), made.text("/secret"));
    }

    private static List<String> of(String type, Receiver receiver) {
        return receiver.of(type).stream().map(Receiver.Message::id).distinct().toList();
    }

    /** Sequences of the events of a tenant as they came. */
    private static List<Long> about(Subject tenant, Receiver receiver) {
        return receiver.of("tenant.updated").stream()
                .filter(told -> told.json().path("tenantid").asString("").equals(tenant.slug()))
                .map(Receiver.Message::sequence)
                .toList();
    }

    /** Events in the order that first attempts leave in. */
    private List<String> placed(Hook hook, String type) {
        return context.getBean(ScopedTransactions.class)
                .read(
                        Scope.platformRows(),
                        () -> context.getBean(JdbcClient.class)
                                .sql(
                                        "select event from webhook_delivery where webhook = ? and type = ? order by place, id")
                                .params(hook.id(), type)
                                .query(String.class)
                                .list());
    }

    private List<UUID> told(Hook hook) {
        return placed(hook, Happenings.TYPE).stream().map(UUID::fromString).toList();
    }

    private static void together(Runnable work, java.util.concurrent.ExecutorService threads) throws Exception {
        var both = new ArrayList<Future<?>>();
        for (var i = 0; i < 2; i++) {
            both.add(threads.submit(work));
        }
        for (var one : both) {
            one.get();
        }
    }

    private static void uninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
