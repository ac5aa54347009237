package com.misybot.tenancy.tenant.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.LogLines;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ConfigurableApplicationContext;

/** A plan is deleted and given away at the same time. */
class PlanRaceTests extends PlanFixture {

    private final DataSource ownerSource;

    @Autowired
    PlanRaceTests(ConfigurableApplicationContext context, @Qualifier("ownerDataSource") DataSource owner) {
        super(context, owner);
        this.ownerSource = owner;
    }

    @Test
    void refusesTheDeletionOfAPlanThatIsBeingGivenAway() throws Exception {
        var id = plan();
        var slug = tenantWith("standard");
        var refused = whileOpen(
                "update tenant set plan = '" + id + "' where tenant_id = '" + slug + "'",
                () -> api.delete("/plans/" + id, "If-Match", "*"));
        assertThat(refused.text("/code")).isEqualTo("plan_in_use");
    }

    @Test
    void refusesToGiveAwayAPlanThatIsBeingDeleted() throws Exception {
        for (var how : new String[] {"create", "change", "import"}) {
            var id = plan();
            var slug = tenantWith("standard");
            var refused = whileOpen("delete from plan where id = '" + id + "'", () -> switch (how) {
                case "create" -> api.post("/tenants", tenant(Api.freeSlug(), id));
                case "change" -> api.patch("/tenants/" + slug, "{\"plan\":\"" + id + "\"}", "If-Match", "*");
                default ->
                    api.post("/tenants/import", tenant(Api.freeSlug(), id), "Content-Type", "application/x-ndjson");
            });
            assertThat(refused.toString()).as(how).contains("plan_unknown");
        }
    }

    @Test
    void logsNothingOfTheRowsThatTheDatabaseRefuses() throws Exception {
        for (var how : new String[] {"create", "import"}) {
            var id = plan();
            var slug = Api.freeSlug();
            var tenant = tenant(slug, id, "\"externalId\":\"ext-" + slug + "\"");
            try (var lines = LogLines.of("ROOT")) {
                var refused = whileOpen(
                        "delete from plan where id = '" + id + "'",
                        () -> how.equals("create")
                                ? api.post("/tenants", tenant)
                                : api.post("/tenants/import", tenant, "Content-Type", "application/x-ndjson"));
                assertThat(refused.toString()).as(how).contains("plan_unknown");
                // the tenant is named beside each line, and of its row nothing is
                assertThat(lines.text()).as(how).doesNotContain("ext-" + slug, id);
            }
        }
    }

    /** Sends a request that has to wait for a transaction, and ends that. */
    private Api.Answer whileOpen(String sql, Supplier<Api.Answer> request) throws Exception {
        try (var connection = ownerSource.getConnection();
                var threads = Executors.newSingleThreadExecutor()) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.executeUpdate(sql);
            }
            var answer = threads.submit(request::get);
            org.awaitility.Awaitility.await().until(this::isWaitedFor);
            connection.commit();
            return answer.get();
        }
    }

    private boolean isWaitedFor() {
        return !owner.queryForList("select pid from pg_locks where not granted").isEmpty();
    }
}
