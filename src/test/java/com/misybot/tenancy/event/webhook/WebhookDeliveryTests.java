package com.misybot.tenancy.event.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.event.webhook.Receiver.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
    void doesNotTellWhatWasNotCommitted() {
        var tenant = tenant();
        var receiver = receiver();
        var hook = hook(tenant, receiver.url(), "tenant.*");
        assertThat(api().post(tenant.path() + "/resume", "{}").status()).isEqualTo(409);
        assertThat(List.copyOf(log(tenant, hook))).isEmpty();
    }
}
