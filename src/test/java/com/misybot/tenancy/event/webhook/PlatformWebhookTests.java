package com.misybot.tenancy.event.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.event.Happenings;
import com.misybot.tenancy.event.webhook.FollowFeed.Step;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Webhooks of the platform: told of every tenant's events, by the feed. */
class PlatformWebhookTests extends WebhookFixture {

    @AfterEach
    void removeAll() {
        removePlatformHooks();
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
        assertThat(about(tenant, receiver)).containsExactly(4L);

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
        assertThat(about(tenant, receiver)).containsExactly(4L, 6L);
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
        assertThat(about(tenant, second)).containsExactly(4L);
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
        // later than what other tests have their clocks say
        assertThat(api().post(hook.path() + "/replay", "{\"from\":\"2500-01-01T00:00:00Z\"}")
                        .json()
                        .path("replayed")
                        .asInt())
                .isZero();
        assertThat(api().post(hook.path() + "/replay", "{}").status()).isEqualTo(400);
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
