package com.misybot.tenancy.event.webhook;

import static com.misybot.tenancy.Api.freeSlug;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.outbound.NameServer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A service that may call 127.0.0.1 and asks a name server of our own, and whoever is told. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "tenancy.outbound.allow=127.0.0.1/32",
            "tenancy.event.webhook.timeout=2s",
            "tenancy.event.webhook.look-every=200ms",
        })
abstract class WebhookFixture {

    static final NameServer NAMES = new NameServer();

    @Autowired
    ApplicationContext context;

    @Autowired
    private ScopedTransactions transactions;

    @Autowired
    private JdbcClient jdbc;

    private final List<Receiver> receivers = new ArrayList<>();

    @DynamicPropertySource
    static void names(DynamicPropertyRegistry registry) {
        registry.add("tenancy.outbound.name-servers", NAMES::address);
    }

    @AfterEach
    void closeReceivers() {
        receivers.forEach(Receiver::close);
    }

    Api api() {
        return Api.operator(context);
    }

    Receiver receiver() {
        var receiver = new Receiver();
        receivers.add(receiver);
        return receiver;
    }

    /** A tenant of a test's own. */
    record Subject(String slug, UUID id) {
        String path() {
            return "/tenants/" + slug;
        }

        String webhooks() {
            return path() + "/webhooks";
        }
    }

    Subject tenant() {
        var slug = freeSlug();
        var made = api().post("/tenants", Api.tenant(slug), "Prefer", "wait=10");
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return new Subject(slug, UUID.fromString(made.text("/id")));
    }

    /** A webhook with its path and its secret. */
    record Hook(String path, UUID id, String secret) {}

    Hook hook(Subject tenant, String url, String... types) {
        var made = api().post(tenant.webhooks(), terms(url, types));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return new Hook(
                tenant.webhooks() + "/" + made.text("/id"), UUID.fromString(made.text("/id")), made.text("/secret"));
    }

    /** A webhook of the platform. */
    Hook hook(String url, String... types) {
        var made = api().post("/webhooks", terms(url, types));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.header("Location")).isEqualTo("/api/v1/webhooks/" + made.text("/id"));
        return new Hook("/webhooks/" + made.text("/id"), UUID.fromString(made.text("/id")), made.text("/secret"));
    }

    /** Leaves nobody who is told of what other tests do. */
    void removePlatformHooks() {
        for (var hook : api().get("/webhooks?pageSize=200").json().path("items")) {
            api().delete("/webhooks/" + hook.path("id").asString(), "If-Match", "*");
        }
    }

    static String terms(String url, String... types) {
        return "{\"url\":\"%s\",\"types\":[\"%s\"]}".formatted(url, String.join("\",\"", types));
    }

    /** Changes something of a tenant, of which {@code tenant.updated} tells. */
    void change(Subject tenant) {
        var changed = api().patch(tenant.path(), "{\"labels\":{\"n\":\"" + System.nanoTime() + "\"}}", "If-Match", "*");
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
    }

    List<Delivery> log(Subject tenant, Hook hook) {
        return context.getBean(Deliveries.class).list(tenant.id(), hook.id(), null, null, 1_000);
    }

    /** Lets time pass for what is sent again: it is due now. */
    void makeDue(Subject tenant) {
        inScope(
                tenant,
                "update webhook_delivery set next_at = now() where tenant = ? and state = 'PENDING' and attempt > 0");
        inScope(tenant, "update webhook set rests_until = null where tenant = ?");
    }

    void inScope(Subject tenant, String sql) {
        transactions.change(
                Scope.tenant(tenant.id()),
                () -> jdbc.sql(sql).param(tenant.id()).update());
    }
}
