package com.misybot.tenancy.event.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.job.JobId;
import com.misybot.tenancy.operation.job.JobInterrupted;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.operation.job.JobType;
import com.misybot.tenancy.operation.job.Jobs;
import com.misybot.tenancy.security.apikey.TestKeys;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Webhooks over HTTP: what is made, shown, changed and refused. */
class WebhookApiTests extends WebhookFixture {

    @Test
    void makesOneAndShowsItsSecretOnce() {
        var tenant = tenant();
        NAMES.says("shown.test", "127.0.0.1");
        var body =
                "{\"url\":\"HTTP://Shown.test:9000/x?y=1\",\"types\":[\"tenant.*\",\"tenant.*\"],\"description\":\"Billing\"}";
        var caller = api();
        var made = caller.post(tenant.webhooks(), body, "Idempotency-Key", tenant.slug());
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.text("/secret")).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(made.text("/url")).isEqualTo("http://shown.test:9000/x?y=1");
        assertThat(made.json().path("types")).hasSize(1);
        var path = made.header("Location").substring("/api/v1".length());
        var read = api().get(path);
        assertThat(read.header("ETag")).isEqualTo("\"1\"");
        assertThat(read.json().has("secret")).isFalse();
        var again = caller.post(tenant.webhooks(), body, "Idempotency-Key", tenant.slug());
        assertThat(again.text("/id")).isEqualTo(made.text("/id"));
        assertThat(again.json().path("secret").isNull()).isTrue();
        assertThat(api().get(tenant.webhooks()).json().path("items")).hasSize(1);
        assertThat(api().get(tenant.webhooks() + "/count").json().path("count").asInt())
                .isEqualTo(1);
        assertThat(api().get(tenant.webhooks()).toString()).doesNotContain(made.text("/secret"));
    }

    @Test
    void changesWithAVersionAndDeletes() {
        var tenant = tenant();
        var hook = hook(tenant, receiver().url(), "*");
        assertThat(api().patch(hook.path(), "{\"description\":\"a\"}").status()).isEqualTo(428);
        assertThat(api().patch(hook.path(), "{\"description\":\"a\"}", "If-Match", "\"9\"")
                        .status())
                .isEqualTo(412);
        var changed = api().patch(
                        hook.path(),
                        "{\"description\":\"a\",\"state\":\"DISABLED\",\"version\":1}",
                        "If-Match",
                        "\"1\"");
        assertThat(changed.text("/state")).as(changed.toString()).isEqualTo("DISABLED");
        assertThat(changed.text("/disabledBecause")).isEqualTo("CALLER");
        assertThat(changed.header("ETag")).isEqualTo("\"2\"");
        assertThat(api().patch(hook.path(), "{\"types\":[]}", "If-Match", "*").status())
                .isEqualTo(400);
        assertThat(api().patch(hook.path(), "{\"types\":[\"Tenant\"]}", "If-Match", "*")
                        .status())
                .isEqualTo(400);
        assertThat(api().patch(hook.path(), "{\"url\":null}", "If-Match", "*").status())
                .isEqualTo(400);
        assertThat(api().patch(hook.path(), "{\"id\":\"" + UUID.randomUUID() + "\"}", "If-Match", "*")
                        .text("/code"))
                .isEqualTo("read_only");
        assertThat(api().delete(hook.path(), "If-Match", "\"1\"").status()).isEqualTo(412);
        assertThat(api().delete(hook.path(), "If-Match", "\"2\"").status()).isEqualTo(204);
        assertThat(api().get(hook.path()).text("/code")).isEqualTo("unknown_webhook");
    }

    @ParameterizedTest
    @CsvSource({
        "https://user:pass@example.com/, 400, url_userinfo",
        "https://2130706433/, 400, host_ip_literal",
        "https://0x7f.1/, 400, host_ip_literal",
        "https://[::ffff:127.0.0.1]/, 400, host_ip_literal",
        "https://127.0.0.2/, 400, host_ip_literal",
        "http://169.254.169.254/latest/meta-data, 400, host_ip_literal",
        "https://example.com/#x, 400, url_fragment",
        "https://①②⑦.⓪.⓪.①/, 400, host_idn",
        "ftp://example.com/, 400, url_scheme",
        "https://inner.test/, 422, url_unreachable",
        "https://one-of-many.test/, 422, url_unreachable",
        "https://mapped.test/, 422, url_unreachable",
        "https://nat64.test/, 422, url_unreachable",
        "https://unknown.test/, 422, url_unreachable",
        "http://public.test/, 422, url_unreachable",
    })
    void refusesUrlsThatLeadInwards(String url, int status, String code) {
        NAMES.says("inner.test", "10.0.0.1")
                .says("one-of-many.test", "8.8.8.8", "8.8.4.4", "192.168.1.1")
                .says("mapped.test", "::ffff:10.0.0.1")
                .says("nat64.test", "64:ff9b::a00:1")
                .says("public.test", "8.8.8.8");
        var tenant = tenant();
        var refused = api().post(tenant.webhooks(), terms(url, "*"));
        assertThat(refused.status()).as(refused.toString()).isEqualTo(status);
        assertThat(refused.text("/errors/0/code")).isEqualTo(code);
        assertThat(refused.text("/errors/0/pointer")).isEqualTo("/url");
        var hook = hook(tenant, receiver().url(), "*");
        assertThat(api().patch(hook.path(), "{\"url\":\"" + url + "\"}", "If-Match", "*")
                        .status())
                .isEqualTo(status);
    }

    @Test
    void keepsTenantsApart() {
        var mine = tenant();
        var other = tenant();
        var hook = hook(mine, receiver().url(), "*");
        var foreign = other.webhooks() + "/" + hook.id();
        assertThat(api().get(foreign).status()).isEqualTo(404);
        assertThat(api().patch(foreign, "{\"description\":\"a\"}", "If-Match", "*")
                        .status())
                .isEqualTo(404);
        assertThat(api().delete(foreign, "If-Match", "*").status()).isEqualTo(404);
        assertThat(api().post(foreign + "/rotate", "{}").status()).isEqualTo(404);
        assertThat(api().post(foreign + "/test", "{}").status()).isEqualTo(404);
        assertThat(api().post(foreign + "/replay", "{\"fromSequence\":1}").status())
                .isEqualTo(404);
        assertThat(api().get(foreign + "/deliveries").status()).isEqualTo(404);
        assertThat(api().get(other.webhooks()).json().path("items")).isEmpty();
    }

    @Test
    void isForHoldersOfTheScopeAndNeverForATenantItself() {
        var tenant = tenant();
        var reader = Api.with(context, TestKeys.service(context, "tenants:read", "events:read"));
        assertThat(reader.get(tenant.webhooks()).status()).isEqualTo(403);
        assertThat(reader.post(tenant.webhooks(), terms("https://example.com/", "*"))
                        .status())
                .isEqualTo(403);
        var secret = api().post(tenant.path() + "/secrets", "{}").text("/secret");
        assertThat(Api.with(context, secret).get(tenant.webhooks()).status()).isEqualTo(403);
    }

    @Test
    void hasAtMostFifty() {
        var tenant = tenant();
        var url = receiver().url();
        for (var i = 0; i < Webhooks.MOST; i++) {
            hook(tenant, url, "tenant.purged");
        }
        assertThat(api().post(tenant.webhooks(), terms(url, "*")).text("/code")).isEqualTo("webhook_limit");
    }

    /** An owner that was paused while another took its job over: what it has seen is not written down. */
    @Test
    void refusesTheLateResultOfAPausedOwner() {
        var tenant = tenant();
        var receiver = receiver();
        var hook = hook(tenant, receiver.url(), "tenant.updated");
        // a job that is not due keeps every other run away
        context.getBean(ScopedTransactions.class)
                .change(
                        Scope.tenant(tenant.id()),
                        () -> context.getBean(Jobs.class)
                                .schedule(
                                        DeliverWebhook.TYPE,
                                        new JobId(tenant.id(), hook.id()),
                                        Instant.parse("9999-01-01T00:00:00Z")));
        change(tenant);
        var paused = new JobRun() {
            @Override
            public JobId id() {
                return new JobId(tenant.id(), hook.id());
            }

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
            public void confirm() {
                throw new JobInterrupted("Another run has taken this job over");
            }
        };
        assertThatExceptionOfType(JobInterrupted.class)
                .isThrownBy(() -> context.getBean(DeliverWebhook.class).run(paused, new JobType.NoData()));
        assertThat(receiver.messages()).hasSize(1);
        assertThat(log(tenant, hook).getFirst()).satisfies(delivery -> {
            assertThat(delivery.attempt()).isZero();
            assertThat(delivery.state()).isEqualTo(Delivery.State.PENDING);
        });
    }
}
