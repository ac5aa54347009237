package com.misybot.tenancy.isolation;

import static com.misybot.tenancy.Api.freeSlug;
import static com.misybot.tenancy.Api.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Scope;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/** Work that no request for one tenant leads to enters the scope of each tenant it works for. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class EnteredScopesTests {

    /** What a change was made as: the database says so itself, in its transaction. */
    private record Made(String type, UUID tenant, Scope scope, String role, String binding) {}

    private final ConfigurableApplicationContext context;
    private final ScopedTransactionManager transactionManager;
    private final JdbcClient jdbc;
    private final Api api;
    private final List<Made> made = new CopyOnWriteArrayList<>();
    private final List<Scope> begun = new CopyOnWriteArrayList<>();
    private final ApplicationListener<PayloadApplicationEvent<Change>> listener = this::note;

    EnteredScopesTests(ApplicationContext context, ScopedTransactionManager transactionManager, JdbcClient jdbc) {
        this.context = (ConfigurableApplicationContext) context;
        this.transactionManager = transactionManager;
        this.jdbc = jdbc;
        this.api = Api.operator(context);
    }

    private void note(PayloadApplicationEvent<Change> event) {
        var change = event.getPayload();
        var as = jdbc.sql("select current_user, coalesce(current_setting('tenancy.tenant', true), '')")
                .query((row, _) ->
                        new Made(change.type(), change.tenant(), Scope.current(), row.getString(1), row.getString(2)))
                .single();
        made.add(as);
    }

    @BeforeEach
    void listen() {
        context.addApplicationListener(listener);
        transactionManager.setTransactionExecutionListeners(List.of(new TransactionExecutionListener() {
            @Override
            public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
                begun.add(Scope.current());
            }
        }));
    }

    @AfterEach
    void stopListening() {
        context.removeApplicationListener(listener);
        transactionManager.setTransactionExecutionListeners(List.of());
    }

    @Test
    void aBackgroundJobWorksForEachTenantInItsScope() throws Exception {
        var label = freeSlug();
        var tenants = List.of(registered(label), registered(label));
        var key = new ECKeyGenerator(Curve.P_256).keyID("ops").generate().toPublicJWK();
        made.clear();

        var started = api.post("/secrets/rotations", """
                {"filter":{"labels":{"fleet":"%s"}},"recipient":%s,"reason":"planned"}""".formatted(label, key.toJSONString()));

        assertThat(started.status()).as(started.toString()).isEqualTo(202);
        await().untilAsserted(
                        () -> assertThat(made).extracting(Made::tenant).containsExactlyInAnyOrderElementsOf(tenants));
        assertEachInItsScope();
    }

    @Test
    void anImportChangesEachTenantInItsScope() {
        var slugs = List.of(freeSlug(), freeSlug());
        var lines = new ArrayList<String>();
        for (var slug : slugs) {
            assertThat(api.post("/tenants", tenant(slug)).status()).isEqualTo(201);
            lines.add("{\"tenantId\":\"%s\",\"business\":{\"name\":\"Renamed\"}}".formatted(slug));
        }
        made.clear();

        var imported = api.post(
                "/tenants/import?mode=upsert",
                String.join("\n", lines),
                "Content-Type",
                "application/x-ndjson",
                "Accept",
                "application/x-ndjson");

        assertThat(imported.status()).as(imported.toString()).isEqualTo(200);
        assertThat(made).hasSize(2);
        assertEachInItsScope();
    }

    /** As a feed is read: page after page, by one tenant's position. */
    @Test
    void aListOfATenantsRowsIsReadInItsScope() {
        var slug = freeSlug();
        var id = UUID.fromString(api.post("/tenants", tenant(slug)).text("/id"));
        api.post("/tenants/" + slug + "/secrets", "{}");
        begun.clear();

        var first = api.get("/tenants/" + slug + "/secrets?pageSize=1");
        var second = api.get("/tenants/" + slug + "/secrets?pageSize=1&pageToken=" + first.text("/nextPageToken"));

        assertThat(second.json().at("/items")).hasSize(1);
        // once a page, and where the trail is told of the reads
        assertThat(begun.stream().filter(scope -> scope.equals(Scope.tenant(id))))
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(begun.stream().filter(scope -> scope instanceof Scope.Tenant && !scope.equals(Scope.tenant(id))))
                .isEmpty();
    }

    private UUID registered(String label) {
        var slug = freeSlug();
        var created = api.post(
                "/tenants",
                "{\"tenantId\":\"%s\",\"business\":{\"name\":\"Acme\"},\"labels\":{\"fleet\":\"%s\"}}"
                        .formatted(slug, label));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return UUID.fromString(created.text("/id"));
    }

    private void assertEachInItsScope() {
        assertThat(made).isNotEmpty().allSatisfy(change -> {
            assertThat(change.scope()).isEqualTo(Scope.tenant(change.tenant()));
            assertThat(change.role()).isEqualTo("tenancy_tenant");
            assertThat(change.binding()).isEqualTo(change.tenant().toString());
        });
    }
}
