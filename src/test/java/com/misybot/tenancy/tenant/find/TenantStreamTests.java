package com.misybot.tenancy.tenant.find;

import static com.misybot.tenancy.Api.freeSlug;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.tenant.transfer.CsvColumn;
import com.misybot.tenancy.web.CsvCells;
import com.misybot.tenancy.web.ProblemException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class TenantStreamTests {

    private static final int MANY = 2 * TenantFinder.BATCH + 345;

    private final ApplicationContext context;
    private final ScopedTransactions transactions;
    private final EntityManager entities;
    private final JdbcTemplate owner;
    private final Api api;

    TenantStreamTests(
            ApplicationContext context,
            ScopedTransactions transactions,
            EntityManager entities,
            @Qualifier("ownerDataSource") DataSource owner) {
        this.context = context;
        this.transactions = transactions;
        this.entities = entities;
        this.owner = new JdbcTemplate(owner);
        this.api = Api.operator(context);
    }

    @Test
    void streamsEveryTenantOnceAsTheListTellsIt() {
        var mine = plant(MANY);

        var lines = lines("/tenants?sort=-name&label=test:" + mine, "application/x-ndjson");

        assertThat(lines).hasSize(MANY);
        var ids = new HashSet<String>();
        lines.forEach(
                line -> ids.add(JsonMapper.shared().readTree(line).at("/id").asString()));
        assertThat(ids).hasSize(MANY);
        var listed = api.get("/tenants?sort=-name&pageSize=1&label=test:" + mine)
                .json()
                .at("/items/0");
        assertThat(JsonMapper.shared().readTree(lines.getFirst())).isEqualTo(listed);
        assertThat(lines("/tenants?label=test:" + freeSlug(), "application/x-ndjson"))
                .isEmpty();
    }

    @Test
    void writesCsvThatASpreadsheetTakesForText() {
        var slug = freeSlug();
        var created = api.post("/tenants", """
            {"tenantId":"%1$s","siteId":"-%1$s","externalId":"@%1$s","business":{"name":"=SUM(A1;\\"x\\")","legalName":"'=1",
             "industry":"'t Hooft","phone":"+4930901820","country":"DE"},"labels":{"test":"%1$s"},
             "allowedOrigins":["https://%1$s.example","https://*.%1$s.example"],"settings":{"a":"=1,\\n\\"2\\""}}\
            """.formatted(slug));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);

        var answer = api.get("/tenants?label=test:" + slug, "Accept", "text/csv");

        assertThat(answer.header("Content-Type")).startsWith("text/csv").contains("UTF-8");
        var row = rows(answer.response().body()).getFirst();
        assertThat(cell(row, CsvColumn.SITE_ID)).isEqualTo("'-" + slug);
        assertThat(cell(row, CsvColumn.EXTERNAL_ID)).isEqualTo("'@" + slug);
        assertThat(cell(row, CsvColumn.NAME)).isEqualTo("'=SUM(A1;\"x\")");
        assertThat(cell(row, CsvColumn.LEGAL_NAME)).isEqualTo("''=1");
        assertThat(cell(row, CsvColumn.INDUSTRY)).isEqualTo("'t Hooft");
        assertThat(cell(row, CsvColumn.PHONE)).isEqualTo("'+4930901820");
        assertThat(cell(row, CsvColumn.ALLOWED_ORIGINS))
                .isEqualTo("https://%1$s.example https://*.%1$s.example".formatted(slug));
        assertThat(cell(row, CsvColumn.LABELS)).isEqualTo("{\"test\":\"" + slug + "\"}");
        assertThat(cell(row, CsvColumn.SETTINGS)).isEqualTo("{\"a\":\"=1,\\n\\\"2\\\"\"}");
        for (var column : List.of(CsvColumn.NAME, CsvColumn.LEGAL_NAME, CsvColumn.INDUSTRY)) {
            assertThat(CsvCells.unguard(cell(row, column))).isEqualTo(created.text("/business/" + column.header()));
        }
    }

    @Test
    void comesBackUnchangedThroughImport() {
        var slug = freeSlug();
        api.post("/tenants", """
            {"tenantId":"%1$s","externalId":"+%1$s","business":{"name":"=1+1","legalName":"''@x"},"labels":{"test":"%1$s"},
             "allowedOrigins":["https://%1$s.example"],"permissions":["chat.reply"],"settings":{"b":[1,2.50]}}\
            """.formatted(slug));
        var before = api.get("/tenants/" + slug).response().body();
        var csv = api.get("/tenants?label=test:" + slug, "Accept", "text/csv")
                .response()
                .body();

        var answer = api.send("POST", "/tenants/import?mode=upsert", csv, "Content-Type", "text/csv");

        assertThat(answer.toString()).contains("\"unchanged\":1").contains("\"status\":\"unchanged\"");
        assertThat(api.get("/tenants/" + slug).response().body()).isEqualTo(before);
    }

    @Test
    void refusesPagesInAStreamAndAnswersHeadWithoutWork() {
        assertThat(api.get("/tenants?pageSize=10", "Accept", "text/csv").toString())
                .contains("400", "/pageSize");
        assertThat(api.get("/tenants?pageToken=x", "Accept", "application/x-ndjson")
                        .toString())
                .contains("400", "/pageToken");
        assertThat(api.get("/tenants?sort=email", "Accept", "text/csv").status())
                .isEqualTo(400);
        assertThat(api.get("/tenants", "Accept", "application/xml").status()).isEqualTo(406);
        assertThat(api.get("/tenants?pageSize=1", "Accept", "*/*").header("Content-Type"))
                .startsWith("application/json");
        var head = api.send("HEAD", "/tenants", null, "Accept", "text/csv");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Type")).startsWith("text/csv");
    }

    @Test
    void breaksOffWhereItFailsInTheMiddle(@LocalServerPort int port) {
        var mine = plant(TenantFinder.BATCH + 500);
        // what Java cannot read of the second batch
        owner.update(
                "update tenant set status = 'PROVISIONING', allowed_origins = null_free.origins from (select"
                        + " array[null]::text[] as origins) null_free where id = (select id from tenant where labels @>"
                        + " jsonb_build_object('test', ?) order by created_at desc, id desc limit 1)",
                mine);
        for (var type : List.of("application/x-ndjson", "text/csv")) {
            var request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + port + "/api/v1/tenants?label=test:" + mine))
                    .header("Authorization", "Bearer " + com.misybot.tenancy.security.apikey.TestKeys.operator(context))
                    .header("Accept", type)
                    .build();
            try (var client = HttpClient.newHttpClient()) {
                assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
                        .as(type)
                        .isInstanceOf(IOException.class);
            }
        }
        owner.update("update tenant set allowed_origins = '{}' where labels @> jsonb_build_object('test', ?)", mine);
    }

    @Test
    void refusesAQuestionThatTakesTooLong() {
        plant(MANY);
        var hasty = new TenantFinder(transactions, entities, new FindSettings(Duration.ofMillis(1), 500));
        var order = new TenantFinder.Order(TenantSort.NAME, false, null);
        var slow = new TenantFilter(
                Set.of(com.misybot.tenancy.tenant.TenantStatus.ACTIVE),
                null,
                null,
                null,
                List.of(),
                TenantFilter.Range.EVER,
                TenantFilter.Range.EVER,
                null,
                null,
                null);

        assertThatThrownBy(() -> {
                    for (var i = 0; i < 20; i++) {
                        hasty.page(slow, Reach.all(), order, 200);
                        hasty.count(slow, Reach.all());
                    }
                })
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().code().code()).isEqualTo("filter_too_broad");
                    assertThat(e.problem().code().status().value()).isEqualTo(422);
                });
    }

    private String plant(int tenants) {
        var mine = freeSlug();
        owner.update("""
            insert into tenant (id, tenant_id, site_id, name, name_key, plan, region, allowed_origins, origin_hosts, permissions,
                labels, settings, status, status_since, version, context_version, session_epoch, created_at, created_by,
                updated_at, updated_by, search_name, search_text)
            select gen_random_uuid(), ? || '-' || i, ? || '-' || i, 'Planted', 'planted', 'standard', 'eu-central', '{}', '{}', '{}',
                jsonb_build_object('test', ?), '{}', 'ACTIVE', now(), 1, 1, 0, now(), 'system:test', now(), 'system:test', 'planted',
                ' planted '
            from generate_series(1, ?) as i\
            """, mine, mine, mine, tenants);
        return mine;
    }

    private List<String> lines(String path, String type) {
        var answer = api.get(path, "Accept", type);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith(type);
        return answer.response().body().lines().toList();
    }

    private static List<NamedCsvRecord> rows(String csv) {
        return CsvReader.builder().ofNamedCsvRecord(csv).stream().toList();
    }

    private static String cell(NamedCsvRecord row, CsvColumn column) {
        return row.getField(column.header());
    }
}
