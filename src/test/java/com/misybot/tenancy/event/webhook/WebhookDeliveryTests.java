package com.misybot.tenancy.event.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.event.webhook.Receiver.Answer;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is sent to webhooks, to receivers that run here. */
class WebhookDeliveryTests extends WebhookFixture {

    @Test
    void tellsOfAnEventSignedAndLogsHowThatWent() throws Exception {
        var tenant = tenant();
        var receiver = receiver();
        var hook = hook(tenant, receiver.url(), "tenant.*");
        assertThat(api().post(tenant.path() + "/suspend", "{\"reason\":\"unpaid\"}")
                        .status())
                .isEqualTo(200);
        await().until(() -> !receiver.of("tenant.suspended").isEmpty());

        var message = receiver.of("tenant.suspended").getFirst();
        assertThat(message.isSignedWith(hook.secret())).isTrue();
        assertThat(message.isSignedWith("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
                .isFalse();
        assertThat(message.json().path("specversion").asString("")).isEqualTo("1.0");
        assertThat(message.json().path("id").asString("")).isEqualTo(message.id());
        assertThat(message.sequence()).isPositive();
        assertThat(Instant.ofEpochSecond(Long.parseLong(message.timestamp())))
                .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        await().untilAsserted(() -> assertThat(log(tenant, hook)).first().satisfies(delivery -> {
            assertThat(delivery.state()).isEqualTo(Delivery.State.DELIVERED);
            assertThat(delivery.attempt()).isEqualTo(1);
            assertThat(delivery.status()).isEqualTo(200);
            assertThat(delivery.latencyMs()).isNotNegative();
            assertThat(delivery.error()).isNull();
        }));
        var listed = api().get(hook.path() + "/deliveries?pageSize=1");
        assertThat(listed.text("/items/0/state")).isEqualTo("DELIVERED");
        assertThat(listed.text("/items/0/event")).isEqualTo(message.id());
        assertThat(listed.toString()).doesNotContain(hook.secret());
        assertThat(api().get(hook.path() + "/deliveries/" + listed.text("/items/0/id"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void tellsOnlyOfTheTypesThatWereAskedForAndOnlyOfItsTenant() {
        var tenant = tenant();
        var other = tenant();
        var narrow = receiver();
        var wide = receiver();
        hook(tenant, narrow.url(), "tenant.suspended", "secret.*");
        hook(tenant, wide.url(), "*");
        change(other);
        change(tenant);
        api().post(tenant.path() + "/secrets", "{}");
        await().until(() -> narrow.messages().size() == 1 && wide.messages().size() >= 3);
        assertThat(narrow.messages().getFirst().type()).isEqualTo("secret.rotated");
        assertThat(wide.messages())
                .extracting(Receiver.Message::type)
                .contains("webhook.created", "tenant.updated", "secret.rotated");
        assertThat(wide.messages())
                .allSatisfy(message -> assertThat(message.body())
                        .contains(tenant.id().toString())
                        .doesNotContain(other.id().toString()));
    }

    /** Up to 8 are under way at once, and still each is handed to the network when the one before has been. */
    @Test
    void firstAttemptsLeaveInTheOrderOfTheEvents() throws Exception {
        var tenant = tenant();
        try (var receiver = new OrderedReceiver()) {
            var hook = hook(tenant, receiver.url(), "tenant.updated");
            for (var i = 0; i < 60; i++) {
                change(tenant);
            }
            await().until(() -> receiver.seen().size() == 60);
            for (var round = 1; round <= 5; round++) {
                var from = 60 * round;
                receiver.answers(false);
                assertThat(api().post(hook.path() + "/replay", "{\"fromSequence\":1}")
                                .json()
                                .path("replayed")
                                .asInt())
                        .isEqualTo(60);
                await().pollInterval(Duration.ofMillis(5))
                        .until(() -> receiver.seen().size() == from + 8);
                receiver.answers(true);
                await().until(() -> receiver.seen().size() == from + 60);
                var told = receiver.seen().subList(from, from + 60);
                for (var later : told) {
                    assertThat(told)
                            .as("%s", told)
                            .noneMatch(earlier ->
                                    earlier.sequence() < later.sequence() && earlier.round() > later.round() + 1);
                }
            }
            assertThat(receiver.mostUnanswered()).isEqualTo(8);
        }
    }

    /** A message that is repeated and gets no answer leaves the lane of first attempts at work. */
    @Test
    void aRepeatedMessageThatHangsHoldsUpNoneAfterIt() {
        var tenant = tenant();
        var hanging = new CountDownLatch(1);
        var repeated = new CountDownLatch(1);
        var first = new java.util.concurrent.atomic.AtomicReference<String>();
        try (var receiver = Receiver.ofMany()) {
            receiver.answers(message -> {
                if (first.compareAndSet(null, message.id())) {
                    return Answer.of(500);
                }
                if (message.id().equals(first.get())) {
                    repeated.countDown();
                    uninterruptibly(hanging);
                }
                return Answer.of(200);
            });
            hook(tenant, receiver.url(), "tenant.updated");
            change(tenant);
            await().until(() -> first.get() != null);
            await().until(() -> {
                makeDue(tenant);
                return repeated.getCount() == 0;
            });
            for (var i = 0; i < 3; i++) {
                var before = receiver.messages().size();
                var began = System.nanoTime();
                change(tenant);
                await().pollInterval(Duration.ofMillis(5))
                        .until(() -> receiver.messages().size() > before);
                // the attempt that hangs lasts for 2 s
                assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began))
                        .isLessThan(500);
            }
            hanging.countDown();
        }
    }

    @Test
    void restsWhereNobodyAnswersAndThenGoesOnInOrder() {
        var tenant = tenant();
        var hanging = new CountDownLatch(1);
        try (var receiver = Receiver.ofMany()) {
            receiver.answers(_ -> {
                uninterruptibly(hanging);
                return Answer.of(200);
            });
            var hook = hook(tenant, receiver.url(), "tenant.updated");
            for (var i = 0; i < 12; i++) {
                change(tenant);
            }
            await().until(() -> log(tenant, hook).stream().anyMatch(one -> one.attempt() == 1));
            await().untilAsserted(() -> assertThat(log(tenant, hook).stream().filter(one -> one.attempt() == 1))
                    .hasSameSizeAs(receiver.messages()));
            var tried = receiver.messages().size();
            assertThat(tried).isBetween(1, 8);
            assertThat(rests(tenant)).isEqualTo("1 true");
            hanging.countDown();
            change(tenant); // as long as it rests nothing is sent
            assertThat(log(tenant, hook).stream().filter(one -> one.attempt() == 0))
                    .hasSize(13 - tried);
            assertThat(receiver.messages()).hasSize(tried);
            inScope(tenant, "update webhook set rests_until = null where tenant = ?");
            await().untilAsserted(() -> assertThat(log(tenant, hook).stream().filter(one -> one.attempt() == 0))
                    .isEmpty());
            await().untilAsserted(() -> assertThat(rests(tenant)).isEqualTo("0 false"));
        }
    }

    /** One that gets no answer while others do is no reason to rest. */
    @Test
    void doesNotRestWhereOthersAreAnswered() {
        var tenant = tenant();
        var hanging = new CountDownLatch(1);
        var first = new java.util.concurrent.atomic.AtomicReference<String>();
        try (var receiver = Receiver.ofMany()) {
            receiver.answers(message -> {
                first.compareAndSet(null, message.id());
                if (message.id().equals(first.get())) {
                    uninterruptibly(hanging);
                }
                return Answer.of(200);
            });
            var hook = hook(tenant, receiver.url(), "tenant.updated");
            change(tenant);
            await().until(() -> first.get() != null);
            change(tenant);
            change(tenant);
            await().until(() -> log(tenant, hook).getLast().attempt() == 1);
            assertThat(log(tenant, hook).getLast().error()).isEqualTo("timeout");
            assertThat(log(tenant, hook).stream().limit(2)).allMatch(one -> one.state() == Delivery.State.DELIVERED);
            assertThat(rests(tenant)).isEqualTo("0 false");
            hanging.countDown();
        }
    }

    private String rests(Subject tenant) {
        return context.getBean(ScopedTransactions.class)
                .read(
                        Scope.tenant(tenant.id()),
                        () -> context.getBean(JdbcClient.class)
                                .sql("select rests || ' ' || coalesce(rests_until > now(), false) from webhook")
                                .query(String.class)
                                .single());
    }

    private static void uninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aRepeatedMessageHoldsUpNoneAfterIt() {
        var tenant = tenant();
        var receiver = receiver();
        var failing = ConcurrentHashMap.<String>newKeySet();
        receiver.answers(message -> {
            if (receiver.messages().size() == 1) {
                failing.add(message.id());
            }
            return Answer.of(failing.contains(message.id()) ? 500 : 204);
        });
        var hook = hook(tenant, receiver.url(), "tenant.updated");
        change(tenant);
        await().until(() -> !failing.isEmpty());
        change(tenant);
        change(tenant);
        await().untilAsserted(() -> assertThat(log(tenant, hook))
                .extracting(Delivery::state)
                .containsExactly(Delivery.State.DELIVERED, Delivery.State.DELIVERED, Delivery.State.PENDING));
        var failed = log(tenant, hook).getLast();
        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.error()).isEqualTo("status");
        assertThat(Duration.between(failed.attemptedAt(), failed.nextAt()))
                .isBetween(Duration.ofMillis(4_400), Duration.ofMillis(5_600));

        failing.clear();
        receiver.answers(200);
        makeDue(tenant);
        await().untilAsserted(() -> assertThat(log(tenant, hook).getLast()).satisfies(delivery -> {
            assertThat(delivery.state()).isEqualTo(Delivery.State.DELIVERED);
            assertThat(delivery.attempt()).isEqualTo(2);
        }));
        assertThat(receiver.messages().getLast().id())
                .isEqualTo(receiver.messages().getFirst().id());
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        var tenant = tenant();
        var receiver = receiver().answers(503);
        var hook = hook(tenant, receiver.url(), "tenant.updated");
        change(tenant);
        await().until(() -> log(tenant, hook).getFirst().attempt() == 1);
        inScope(tenant, "update webhook_delivery set attempt = 9 where tenant = ?");
        makeDue(tenant);
        await().untilAsserted(() -> assertThat(log(tenant, hook).getFirst()).satisfies(delivery -> {
            assertThat(delivery.state()).isEqualTo(Delivery.State.FAILED);
            assertThat(delivery.attempt()).isEqualTo(10);
            assertThat(delivery.nextAt()).isNull();
        }));
    }

    @Test
    void comesAgainWhenItWasAskedTo() {
        var tenant = tenant();
        var receiver = receiver().answers(_ -> new Answer(429, Map.of("Retry-After", "120")));
        var hook = hook(tenant, receiver.url(), "tenant.updated");
        change(tenant);
        await().until(() -> log(tenant, hook).getFirst().attempt() == 1);
        var delivery = log(tenant, hook).getFirst();
        assertThat(Duration.between(delivery.attemptedAt(), delivery.nextAt()))
                .isBetween(Duration.ofSeconds(119), Duration.ofSeconds(121));
    }

    @Test
    void isDisabledByAnAnswerOf410WithANotice() {
        var tenant = tenant();
        var gone = receiver().answers(410);
        var colleague = receiver();
        hook(tenant, colleague.url(), "webhook.disabled");
        var hook = hook(tenant, gone.url(), "tenant.updated");
        change(tenant);
        await().until(() -> !colleague.messages().isEmpty());
        assertThat(colleague.messages().getFirst().body()).contains(hook.id().toString());
        var read = api().get(hook.path());
        assertThat(read.text("/state")).isEqualTo("DISABLED");
        assertThat(read.text("/disabledBecause")).isEqualTo("GONE");
        assertThat(log(tenant, hook)).noneMatch(delivery -> delivery.state() == Delivery.State.PENDING);
        change(tenant);
        assertThat(log(tenant, hook)).hasSize(1);
        assertThat(api().post(hook.path() + "/test", "{}").text("/code")).isEqualTo("webhook_disabled");

        gone.answers(200);
        assertThat(api().patch(hook.path(), "{\"state\":\"ENABLED\"}", "If-Match", "*")
                        .status())
                .isEqualTo(200);
        change(tenant);
        await().until(() -> log(tenant, hook).getFirst().state() == Delivery.State.DELIVERED);
    }

    @Test
    void isDisabledWhereItHasAcceptedNothingForTooLong() {
        var tenant = tenant();
        var receiver = receiver().answers(500);
        var hook = hook(tenant, receiver.url(), "tenant.updated");
        change(tenant);
        await().until(() -> api().get(hook.path()).json().has("failingSince"));
        assertThat(api().get(hook.path()).text("/state")).isEqualTo("ENABLED");
        inScope(tenant, "update webhook set failing_since = now() - interval '3 days' where tenant = ?");
        makeDue(tenant);
        await().untilAsserted(() ->
                assertThat(api().get(hook.path()).text("/disabledBecause")).isEqualTo("FAILING"));
        assertThat(log(tenant, hook)).extracting(Delivery::state).containsOnly(Delivery.State.CANCELLED);
    }

    @Test
    void forgetsThatItFailedOnceSomethingIsAccepted() {
        var tenant = tenant();
        var receiver = receiver().answers(500);
        var hook = hook(tenant, receiver.url(), "tenant.updated");
        change(tenant);
        await().until(() -> api().get(hook.path()).json().has("failingSince"));
        inScope(tenant, "update webhook set failing_since = now() - interval '4 days' where tenant = ?");
        receiver.answers(200);
        makeDue(tenant);
        await().until(() -> !api().get(hook.path()).json().has("failingSince"));
        assertThat(api().get(hook.path()).text("/state")).isEqualTo("ENABLED");
    }

    @Test
    void signsWithBothSecretsWhileTheyOverlap() throws Exception {
        var tenant = tenant();
        var receiver = receiver();
        var hook = hook(tenant, receiver.url(), "tenant.updated");
        var second = api().post(hook.path() + "/rotate", "{\"overlap\":\"PT1H\"}");
        assertThat(second.status()).as(second.toString()).isEqualTo(200);
        assertThat(second.json().has("previousSecretUntil")).isTrue();
        change(tenant);
        await().until(() -> receiver.messages().size() == 1);
        var both = receiver.messages().getFirst();
        assertThat(both.signature().split(" ", -1)).hasSize(2);
        assertThat(both.isSignedWith(hook.secret())).isTrue();
        assertThat(both.isSignedWith(second.text("/secret"))).isTrue();

        var third = api().post(hook.path() + "/rotate", "{\"overlap\":\"PT0S\"}");
        change(tenant);
        await().until(() -> receiver.messages().size() == 2);
        var one = receiver.messages().getLast();
        assertThat(one.signature().split(" ", -1)).hasSize(1);
        assertThat(one.isSignedWith(third.text("/secret"))).isTrue();
        assertThat(one.isSignedWith(second.text("/secret"))).isFalse();
    }

    @Test
    void sendsATestAndRepeatsMessagesOnDemand() throws Exception {
        var tenant = tenant();
        var receiver = receiver();
        var hook = hook(tenant, receiver.url(), "tenant.updated");
        var test = api().post(hook.path() + "/test", "{}");
        assertThat(test.status()).as(test.toString()).isEqualTo(202);
        await().until(() -> receiver.of("webhook.test").size() == 1);
        assertThat(receiver.messages().getFirst().isSignedWith(hook.secret())).isTrue();
        await().until(() -> api().get(test.header("Location").substring("/api/v1".length()))
                .text("/state")
                .equals("DELIVERED"));

        for (var i = 0; i < 5; i++) {
            change(tenant);
        }
        await().until(() -> receiver.of("tenant.updated").size() == 5);
        var told = receiver.of("tenant.updated").stream()
                .sorted(Comparator.comparingLong(Receiver.Message::sequence))
                .toList();
        var again = api().post(hook.path() + "/deliveries/" + told.get(2).id() + "/replay", "{}");
        assertThat(again.status()).as(again.toString()).isEqualTo(202);
        await().until(() -> receiver.of("tenant.updated").size() == 6);
        assertThat(receiver.messages().getLast().id()).isEqualTo(told.get(2).id());
        assertThat(receiver.messages().getLast().body()).isEqualTo(told.get(2).body());

        var range = api().post(
                        hook.path() + "/replay",
                        "{\"fromSequence\":%d,\"toSequence\":%d}"
                                .formatted(told.get(1).sequence(), told.get(3).sequence()));
        assertThat(range.status()).as(range.toString()).isEqualTo(202);
        assertThat(range.json().path("replayed").asInt())
                .as("%s of %s", range, api().get(tenant.path() + "/events"))
                .isEqualTo(3);
        await().until(() -> receiver.of("tenant.updated").size() == 9);
        var byTime = api().post(
                        hook.path() + "/replay",
                        "{\"from\":\"%s\"}".formatted(Instant.now().plusSeconds(60)));
        assertThat(byTime.json().path("replayed").asInt()).isZero();
        assertThat(api().post(hook.path() + "/replay", "{}").status()).isEqualTo(400);
    }

    @Test
    void tellsAConcernedTenantThatItsErasureIsScheduledAndNothingAfter() {
        var tenant = tenant();
        var receiver = receiver();
        var hook = hook(tenant, receiver.url(), "*");
        assertThat(api().post(tenant.path() + "/suspend", "{\"reason\":\"unpaid\"}")
                        .status())
                .isEqualTo(200);
        assertThat(api().delete(tenant.path(), "If-Match", "*", "X-Reason", "asked")
                        .status())
                .isEqualTo(202);
        await().until(() -> !receiver.of("tenant.deletion_scheduled").isEmpty());
        assertThat(receiver.of("tenant.suspended")).hasSize(1);
        var before = log(tenant, hook).size();
        assertThat(api().post(tenant.path() + "/secrets", "{}").status()).isEqualTo(201);
        assertThat(log(tenant, hook)).hasSize(before);
    }

    @Test
    void doesNotFollowRedirects() {
        var tenant = tenant();
        var elsewhere = receiver();
        var receiver = receiver().answers(_ -> new Answer(307, Map.of("Location", elsewhere.url())));
        var hook = hook(tenant, receiver.url(), "tenant.updated");
        change(tenant);
        await().until(() -> log(tenant, hook).getFirst().attempt() == 1);
        assertThat(log(tenant, hook).getFirst().status()).isEqualTo(307);
        assertThat(log(tenant, hook).getFirst().state()).isEqualTo(Delivery.State.PENDING);
        assertThat(elsewhere.messages()).isEmpty();
    }

    @Test
    void callsNobodyWhoseNameHasComeToLeadInwards() throws Exception {
        var tenant = tenant();
        var receiver = receiver();
        try (var inner = new Receiver("127.0.0.2", receiver.port())) {
            NAMES.says("rebound.test", "127.0.0.1");
            var hook = hook(tenant, "http://rebound.test:" + receiver.port() + "/", "tenant.updated");
            NAMES.says("rebound.test", "127.0.0.2");
            change(tenant);
            await().until(() -> log(tenant, hook).getFirst().attempt() == 1);
            assertThat(log(tenant, hook).getFirst().error()).isEqualTo("unreachable");
            assertThat(inner.messages()).isEmpty();
            assertThat(receiver.messages()).isEmpty();
        }
    }

    @Test
    void tenThatHangDelayNoOther() throws Exception {
        var hanging = Receiver.ofMany();
        hanging.answers(_ -> {
            try {
                TimeUnit.SECONDS.sleep(30);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            return Answer.of(200);
        });
        try {
            var dead = new ArrayList<Subject>();
            for (var i = 0; i < 10; i++) {
                var tenant = tenant();
                hook(tenant, hanging.url(), "*");
                dead.add(tenant);
            }
            var tenant = tenant();
            var fast = receiver();
            hook(tenant, fast.url(), "tenant.updated");
            dead.forEach(this::change);
            await().until(() -> hanging.messages().size() >= 10);
            var latest = new ArrayList<Long>();
            for (var i = 0; i < 20; i++) {
                var expected = i + 1;
                var began = System.nanoTime();
                change(tenant);
                await().pollInterval(Duration.ofMillis(5))
                        .until(() -> fast.messages().size() == expected);
                latest.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
                dead.forEach(one -> {
                    if (expected % 5 == 0) {
                        change(one);
                    }
                });
            }
            assertThat(latest.stream().sorted().toList().get(10)).isLessThan(1_000);
        } finally {
            hanging.close();
        }
    }

    @Test
    void doesNotTellWhatWasNotCommitted() {
        var tenant = tenant();
        var receiver = receiver();
        var hook = hook(tenant, receiver.url(), "tenant.*");
        assertThat(api().post(tenant.path() + "/resume", "{}").status()).isEqualTo(409);
        assertThat(List.copyOf(log(tenant, hook))).isEmpty();
    }
}
