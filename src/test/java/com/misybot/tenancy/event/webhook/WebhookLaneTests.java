package com.misybot.tenancy.event.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.event.webhook.Receiver.Answer;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** In which order messages leave, and who waits for whom. */
class WebhookLaneTests extends WebhookFixture {

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
        var first = new AtomicReference<@Nullable String>();
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

    /** Jobs of all kinds share the threads of an instance: they are not for the endpoints that hang. */
    @Test
    void endpointsThatHangLeaveThreadsToOtherJobs() {
        var tenant = tenant();
        var hanging = new CountDownLatch(1);
        try (var receiver = Receiver.ofMany()) {
            receiver.answers(_ -> {
                uninterruptibly(hanging);
                return Answer.of(200);
            });
            var places = context.getBean(WebhookSettings.class).endpoints();
            var hooks = new ArrayList<Hook>();
            while (hooks.size() < places + 3) {
                hooks.add(hook(tenant, receiver.url(), "tenant.updated"));
            }
            var before = putOff();

            change(tenant);

            await().until(() -> putOff() > before);
            hanging.countDown();
            await().until(() ->
                    hooks.stream().allMatch(hook -> log(tenant, hook).getFirst().attempt() > 0));
        }
    }

    private long putOff() {
        return context.getBean(MeterRegistry.class).find("tenancy.jobs.run").timers().stream()
                .filter(timer -> DeliverWebhook.TYPE.name().equals(timer.getId().getTag("job")))
                .filter(timer -> "postponed".equals(timer.getId().getTag("outcome")))
                .mapToLong(Timer::count)
                .sum();
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
            assertThat(tried)
                    .as("8 at once, and on until three in a row got no answer")
                    .isBetween(8, 10);
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
        var first = new AtomicReference<@Nullable String>();
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
}
