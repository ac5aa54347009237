package com.misybot.tenancy.event.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

/** Webhooks that the service gives up on, each with its notice. */
class WebhookHealthTests extends WebhookFixture {

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
}
