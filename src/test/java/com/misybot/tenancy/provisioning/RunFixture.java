package com.misybot.tenancy.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** Tenants that are registered, and what became of them. */
final class RunFixture {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    final Api api;
    private final ScopedTransactions transactions;
    private final JdbcTemplate jdbc;

    RunFixture(ApplicationContext context) {
        this.api = Api.operator(context);
        this.transactions = context.getBean(ScopedTransactions.class);
        this.jdbc = context.getBean(JdbcTemplate.class);
    }

    /** A tenant whose run has been ordered. */
    record Ordered(String slug, UUID id, String operation) {}

    Ordered register(String slug) {
        var made = api.post("/tenants", Api.tenant(slug), "Prefer", "respond-async");
        assertThat(made.status()).as(made.toString()).isEqualTo(202);
        return new Ordered(slug, UUID.fromString(made.text("/id")), operation(made));
    }

    static String operation(Api.Answer accepted) {
        return accepted.header("Location").substring("/api/v1".length());
    }

    String status(Ordered tenant) {
        return api.get("/tenants/" + tenant.slug()).text("/status");
    }

    Api.Answer operation(Ordered tenant) {
        return api.get(tenant.operation());
    }

    /** The newest run. */
    JsonNode run(Ordered tenant) {
        return api.get("/tenants/" + tenant.slug() + "/provisioning").json().at("/items/0");
    }

    List<String> states(Ordered tenant) {
        return StreamSupport.stream(run(tenant).at("/steps").spliterator(), false)
                .map(step ->
                        step.at("/name").asString() + " " + step.at("/state").asString())
                .toList();
    }

    long events(Ordered tenant, String type) {
        return transactions.read(
                Scope.tenant(tenant.id()),
                () -> jdbc.queryForObject(
                        "select count(*) from event where tenant = ? and type = ?", Long.class, tenant.id(), type));
    }

    long rows(Ordered tenant, String table) {
        return transactions.read(
                Scope.tenant(tenant.id()),
                () -> jdbc.queryForObject(
                        "select count(*) from " + table + " where tenant = ?", Long.class, tenant.id()));
    }
}
