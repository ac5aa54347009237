package com.misybot.tenancy.tenant.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import java.util.HashSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PlanApiTests extends PlanFixture {

    @Autowired
    PlanApiTests(ConfigurableApplicationContext context, @Qualifier("ownerDataSource") DataSource owner) {
        super(context, owner);
    }

    @Test
    void makesAPlanAndReadsItBack() {
        var id = freePlan();
        var told = told(() -> {
            var made = api.post(
                    "/plans",
                    with(
                            id,
                            "\"permissions\":[\"knowledge.read\",\"chat.reply\",\"chat.reply\"],"
                                    + "\"secretScopes\":[\"events:read\",\"access:evaluate\"]"));
            assertThat(made.status()).as(made.toString()).isEqualTo(201);
            assertThat(made.header("Location")).isEqualTo("/api/v1/plans/" + id);
            assertThat(made.header("ETag")).isEqualTo("\"1\"");
            assertThat(made.json()).isEqualTo(api.get("/plans/" + id).json());
            assertThat(made.json().at("/permissions").toString()).isEqualTo("[\"chat.reply\",\"knowledge.read\"]");
            assertThat(made.json().at("/secretScopes").toString()).isEqualTo("[\"access:evaluate\",\"events:read\"]");
            assertThat(made.json().at("/limits")).isEqualTo(JsonMapper.shared().readTree(LIMITS));
        });
        assertThat(told)
                .filteredOn(change -> change.subject().equals(id))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.type()).isEqualTo("plan.created");
                    assertThat(change.tenant()).isEqualTo(Scope.NIL);
                });
        assertThat(api.get("/plans/" + id, "If-None-Match", "\"1\"").status()).isEqualTo(304);
        assertThat(api.post("/plans", body(id)).text("/code")).isEqualTo("name_taken");
        assertThat(api.get("/plans/no-such-plan").text("/code")).isEqualTo("unknown_plan");
        assertThat(api.post("/tenants", tenant(Api.freeSlug(), id)).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "id":"Gold"                       | 400 | /id                       | format
            "id":"a--b"                       | 400 | /id                       | format
            "id":"count"                      | 422 | /id                       | plan_reserved
            "name":""                         | 400 | /name                     | required
            "limits":null                     | 400 | /limits                   | required
            "permissions":["fly"]             | 422 | /permissions              | permission_unknown
            "permissions":["Fly"]             | 400 | /permissions/0            | format
            "secretScopes":["secrets:write"]  | 400 | /secretScopes/0           | enum
            "secretScopes":["plans:write"]    | 400 | /secretScopes/0           | enum
            "colour":"red"                    | 400 | /colour                   | unknown_field
            """)
    void refusesABadField(String member, int status, String pointer, String code) {
        var json = (ObjectNode) JsonMapper.shared().readTree(body(freePlan()));
        json.setAll((ObjectNode) JsonMapper.shared().readTree("{" + member + "}"));
        assertRefused(api.post("/plans", json.toString()), status, pointer, code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "resolvesPerSecond":0             | range
            "resolvesPerSecond":1000001       | range
            "introspectionsPerSecond":0       | range
            "verificationsPerSecond":1000001  | range
            "sessionStartsPerMinute":100001   | range
            "sessions":-1                     | range
            "sessions":10000001               | range
            "sessions":null                   | required
            "sessions":"7"                    | type
            "sessions":7.5                    | type
            "origins":51                      | range
            "sessionIdle":"PT59S"             | range
            "sessionIdle":"P31D"              | range
            "sessionLifetime":"P366D"         | range
            "sessionLifetime":"tomorrow"      | format
            "gold":1                          | unknown_field
            """)
    void refusesALimitOutOfItsBounds(String member, String code) {
        var json = (ObjectNode) JsonMapper.shared().readTree(body(freePlan()));
        var limits = (ObjectNode) json.get("limits");
        var odd = (ObjectNode) JsonMapper.shared().readTree("{" + member + "}");
        limits.setAll(odd);
        var name = odd.propertyNames().iterator().next();
        assertRefused(api.post("/plans", json.toString()), 400, "/limits/" + name, code);
    }

    @Test
    void changesAPlanOnItsVersion() {
        var id = plan();
        var path = "/plans/" + id;
        var read = api.get(path).response().body();
        assertThat(api.put(path, read).status()).isEqualTo(428);
        assertThat(api.put(path, read, "If-Match", "\"9\"").status()).isEqualTo(412);
        assertThat(api.put("/plans/nobody", "{}").status()).isEqualTo(404);

        var same = api.put(path, read, "If-Match", "\"1\"");
        assertThat(same.header("ETag")).isEqualTo("\"1\"");
        assertThat(same.header("Operation-Location")).isEmpty();

        var renamed = api.patch(path, "{\"name\":\"Silver\"}", "If-Match", "\"1\"");
        assertThat(renamed.text("/name")).isEqualTo("Silver");
        assertThat(renamed.header("ETag")).isEqualTo("\"2\"");
        assertThat(renamed.header("Operation-Location")).isEmpty();

        var narrowed = api.patch(path, "{\"limits\":{\"sessions\":7}}", "If-Match", "\"2\"");
        assertThat(narrowed.json().at("/limits/sessions").asInt()).isEqualTo(7);
        assertThat(narrowed.json().at("/limits/resolvesPerSecond").asInt()).isEqualTo(200);
        assertThat(narrowed.header("Operation-Location")).startsWith("/api/v1/operations/");

        assertRefused(
                api.patch(path, "{\"limits\":{\"sessions\":null}}", "If-Match", "*"),
                400,
                "/limits/sessions",
                "required");
        assertRefused(api.patch(path, "{\"version\":9}", "If-Match", "*"), 400, "/version", "read_only");
        assertThat(api.get(path).header("ETag")).isEqualTo("\"3\"");
    }

    @Test
    void listsPlansPageByPage() {
        var made = new HashSet<String>();
        for (var i = 0; i < 5; i++) {
            made.add(plan());
        }
        for (var sort : new String[] {"id", "-id", "createdAt", "-createdAt"}) {
            var seen = new java.util.ArrayList<String>();
            var token = "";
            do {
                var page = api.get("/plans?pageSize=2&sort=" + sort + (token.isEmpty() ? "" : "&pageToken=" + token));
                assertThat(page.status()).as(page.toString()).isEqualTo(200);
                page.json().at("/items").forEach(plan -> seen.add(plan.get("id").asString()));
                token = page.text("/nextPageToken");
            } while (!token.isEmpty());
            assertThat(seen).as(sort).doesNotHaveDuplicates().containsAll(made).contains("standard");
            assertThat(seen).hasSize(api.get("/plans/count").json().at("/count").asInt());
            if (sort.equals("-id")) {
                assertThat(seen).isSortedAccordingTo(java.util.Comparator.reverseOrder());
            }
        }
    }

    @Test
    void deletesOnlyWhatNoTenantHas() {
        var id = plan();
        var slug = tenantWith(id);
        assertThat(api.delete("/plans/" + id).status()).isEqualTo(428);
        assertThat(api.delete("/plans/" + id, "If-Match", "\"9\"").status()).isEqualTo(412);
        assertThat(api.delete("/plans/" + id, "If-Match", "*").text("/code")).isEqualTo("plan_in_use");
        assertThat(api.delete("/plans/standard", "If-Match", "*").text("/code")).isEqualTo("plan_in_use");
        api.patch("/tenants/" + slug, "{\"plan\":\"standard\"}", "If-Match", "*");
        var told = told(() ->
                assertThat(api.delete("/plans/" + id, "If-Match", "*").status()).isEqualTo(204));
        assertThat(told)
                .filteredOn(change -> change.type().equals("plan.deleted"))
                .hasSize(1);
        assertThat(api.get("/plans/" + id).status()).isEqualTo(404);
        assertThat(api.patch("/tenants/" + slug, "{\"plan\":\"" + id + "\"}", "If-Match", "*")
                        .text("/code"))
                .isEqualTo("plan_unknown");
    }

    @Test
    void letsATenantsScopeReadPlansAndChangeNone() {
        var id = plan();
        var jdbc = context.getBean(JdbcTemplate.class);
        var transactions = context.getBean(ScopedTransactions.class);
        var tenant = Scope.tenant(id(tenantWith(id)));
        var read = transactions.read(
                tenant, () -> jdbc.queryForList("select id from plan where id = ?", String.class, id));
        assertThat(read).containsExactly(id);
        assertThat(transactions.<Integer>change(
                        tenant, () -> jdbc.update("update plan set name = 'Mine' where id = ?", id)))
                .isZero();
        assertThat(transactions.<Integer>change(tenant, () -> jdbc.update("delete from plan where id = ?", id)))
                .isZero();
        assertThatThrownBy(() -> transactions.<Integer>change(tenant, () -> jdbc.update("""
                        insert into plan (id, name, limits, permissions, secret_scopes, created_by, updated_by)
                        select id || 'x', 'Mine', limits, permissions, secret_scopes, created_by, updated_by from plan where id = ?
                        """, id)))
                .hasStackTraceContaining("row-level security");
        assertThat(api.get("/plans/" + id).text("/name")).isEqualTo("Gold");
        assertThat(api.get("/plans/" + id + "x").status()).isEqualTo(404);
    }

    @Test
    void givesTheSameAnswerToARepeatedKey() {
        var body = body(freePlan());
        var key = Api.freeSlug();
        var first = api.post("/plans", body, "Idempotency-Key", key);
        var again = api.post("/plans", body, "Idempotency-Key", key);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    }

    @Test
    void letsOnlyThoseChangeAPlanWhoReachAllThatHaveIt() {
        var id = plan();
        var ofPlan = limited("{\"plans\":[\"" + id + "\"]}");
        assertThat(ofPlan.get("/plans/" + id).status()).isEqualTo(200);
        assertThat(ofPlan.get("/plans/standard").status()).isEqualTo(404);
        assertThat(ofPlan.get("/plans/count").json().at("/count").asInt()).isEqualTo(1);
        assertThat(ofPlan.patch("/plans/" + id, "{\"name\":\"Mine\"}", "If-Match", "*")
                        .status())
                .isEqualTo(200);
        assertThat(ofPlan.post("/plans", body(freePlan())).status()).isEqualTo(403);

        var ofTenants = limited("{\"regions\":[\"eu-central\"]}");
        assertThat(ofTenants.get("/plans/" + id).status()).isEqualTo(200);
        assertThat(ofTenants
                        .patch("/plans/" + id, "{\"name\":\"Mine\"}", "If-Match", "*")
                        .text("/code"))
                .isEqualTo("plan_out_of_reach");
        assertThat(ofTenants.delete("/plans/" + id, "If-Match", "*").status()).isEqualTo(403);
    }

    private Api limited(String reach) {
        var made = api.post(
                "/api-keys",
                "{\"name\":\"limited\",\"kind\":\"OPERATOR\",\"scopes\":[\"tenants:read\",\"plans:write\"],\"reach\":"
                        + reach + "}");
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return Api.with(context, made.text("/secret"));
    }

    private static String with(String id, String members) {
        return body(id).replaceFirst("}$", "," + members + "}");
    }

    private static void assertRefused(Api.Answer answer, int status, String pointer, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.text("/errors/0/pointer")).as(answer.toString()).isEqualTo(pointer);
        assertThat(answer.text("/errors/0/code")).as(answer.toString()).isEqualTo(code);
    }
}
