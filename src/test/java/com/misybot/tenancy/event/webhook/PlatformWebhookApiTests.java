package com.misybot.tenancy.event.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.security.apikey.TestKeys;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Webhooks of the platform over HTTP: who may have them, and how they are changed. */
class PlatformWebhookApiTests extends WebhookFixture {

    private static final String PATH = "/webhooks";

    @AfterEach
    void removeAll() {
        removePlatformHooks();
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
        await().until(() -> !receiver.of("tenant.updated").isEmpty());
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
        assertThat(limited.get(tenant.webhooks()).status()).isEqualTo(200);
        assertThat(api().get(tenant.webhooks() + "/" + hook.id()).status())
                .as("it is no tenant's")
                .isEqualTo(404);
        assertThat(api().get(PATH + "/" + hook(tenant, receiver.url(), "*").id())
                        .status())
                .isEqualTo(404);
    }
}
