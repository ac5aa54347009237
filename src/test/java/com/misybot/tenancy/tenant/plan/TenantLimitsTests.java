package com.misybot.tenancy.tenant.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.tenant.Quota;
import com.misybot.tenancy.tenant.ServedTenants;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TenantLimitsTests extends PlanFixture {

    private final ServedTenants served;

    @Autowired
    TenantLimitsTests(
            ConfigurableApplicationContext context,
            @Qualifier("ownerDataSource") DataSource owner,
            ServedTenants served) {
        super(context, owner);
        this.served = served;
    }

    @Test
    void laysWhatATenantOverridesOverItsPlan() {
        var slug = tenantWith(plan(), origins(3));
        var path = "/tenants/" + slug + "/limits";
        var read = api.get(path);
        assertThat(read.status()).as(read.toString()).isEqualTo(200);
        assertThat(read.json().at("/plan")).isEqualTo(JsonMapper.shared().readTree(LIMITS));
        assertThat(read.json().at("/effective")).isEqualTo(read.json().at("/plan"));
        assertThat(read.json().at("/overrides").isEmpty()).isTrue();
        assertThat(read.json().at("/usage/origins").asInt()).isEqualTo(3);
        // what is used of a limit is missing while its store takes too long to say, and then the tag is another one
        await().until(() ->
                api.get(path, "If-None-Match", api.get(path).header("ETag")).status() == 304);

        var before = served.byId(List.of(id(slug))).getFirst();
        var told = told(() -> {
            var changed = (ObjectNode) read.json();
            ((ObjectNode) changed.get("overrides")).put("sessions", 7).put("sessionIdle", "PT5M");
            var put = api.put(path, changed.toString(), "If-Match", read.header("ETag"));
            assertThat(put.status()).as(put.toString()).isEqualTo(200);
            assertThat(put.header("ETag")).startsWith("\"3.");
            assertThat(put.json().at("/effective/sessions").asInt()).isEqualTo(7);
            assertThat(put.json().at("/effective/sessionIdle").asString()).isEqualTo("PT5M");
            assertThat(put.json().at("/effective/origins").asInt()).isEqualTo(5);
            assertThat(put.json().at("/plan/sessions").asInt()).isEqualTo(100);
        });
        assertThat(of(before.id(), told)).singleElement().satisfies(change -> {
            assertThat(change.type()).isEqualTo("tenant.limits_changed");
            assertThat(change.subject()).isEqualTo(slug);
        });
        var after = served.byId(List.of(before.id())).getFirst();
        assertThat(after.limits().sessions()).isEqualTo(7);
        assertThat(after.contextVersion()).isEqualTo(before.contextVersion() + 1);
        assertThat(api.get("/tenants/" + slug).header("ETag")).isEqualTo("\"3\"");

        assertThat(api.put(path, "{\"overrides\":{}}", "If-Match", "\"2\"").status())
                .isEqualTo(412);
        var cleared = api.put(path, "{\"overrides\":{}}", "If-Match", "\"3\"");
        assertThat(cleared.json().at("/effective")).isEqualTo(read.json().at("/plan"));
        var same = api.put(path, "{\"overrides\":{}}", "If-Match", "*");
        assertThat(same.header("ETag")).isEqualTo(cleared.header("ETag"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"overrides":{"sessions":-1}}         | /overrides/sessions    | range
            {"overrides":{"sessionIdle":"PT1S"}}  | /overrides/sessionIdle | range
            {"overrides":{"gold":1}}              | /overrides/gold        | unknown_field
            {"overrides":{},"usage":{"origins":9}} | /usage                | read_only
            {"overrides":null}                    | /overrides             | required
            {}                                    | /overrides             | required
            """)
    void refusesWhatIsNoOverride(String body, String pointer, String code) {
        var path = "/tenants/" + tenantWith("standard") + "/limits";
        var refused = api.put(path, body, "If-Match", "*");
        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.text("/errors/0/pointer")).isEqualTo(pointer);
        assertThat(refused.text("/errors/0/code")).isEqualTo(code);
        assertThat(api.put(path, body).status()).isEqualTo(428);
        assertThat(api.put("/tenants/" + Api.freeSlug() + "/limits", body).status())
                .isEqualTo(404);
    }

    @Test
    void tagsWhatThePlanGivesToo() {
        var plan = plan();
        var path = "/tenants/" + tenantWith(plan) + "/limits";
        var tag = api.get(path).header("ETag");
        api.patch("/plans/" + plan, "{\"limits\":{\"sessions\":8}}", "If-Match", "*");
        var read = api.get(path, "If-None-Match", tag);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json().at("/effective/sessions").asInt()).isEqualTo(8);
    }

    @Test
    void isStaleWhereThePlanHasChangedSinceItWasRead() {
        var plan = plan();
        var slug = tenantWith(plan);
        var path = "/tenants/" + slug + "/limits";
        var read = api.get(path).header("ETag");
        var put = "{\"overrides\":{\"sessions\":9}}";
        assertThat(api.put(path, put, "If-Match", "\"1.abcdefghij\"").status()).isEqualTo(412);
        api.patch("/plans/" + plan, "{\"limits\":{\"sessions\":8}}", "If-Match", "*");
        var stale = api.put(path, put, "If-Match", read);
        assertThat(stale.status()).as(stale.toString()).isEqualTo(412);
        assertThat(stale.text("/code")).isEqualTo("stale_version");
        var present = stale.header("ETag");
        assertThat(api.get(path, "If-None-Match", present).status()).isEqualTo(304);
        // of the letters of the word only the first are of what a change is made on
        var usedMore = present.substring(0, present.length() - 2) + (present.endsWith("a\"") ? "b\"" : "a\"");
        assertThat(api.get(path, "If-None-Match", usedMore).status()).isEqualTo(200);
        assertThat(api.put(path, put, "If-Match", usedMore).status()).isEqualTo(200);
    }

    @Test
    void refusesMoreOriginsThanTheLimit() {
        var plan = plan();
        var refused = api.post("/tenants", tenant(Api.freeSlug(), plan, origins(6)));
        assertThat(refused.status()).as(refused.toString()).isEqualTo(409);
        assertThat(refused.text("/code")).isEqualTo("quota_exceeded");
        assertThat(refused.text("/limit")).isEqualTo("origins");
        assertThat(refused.json().at("/value").asInt()).isEqualTo(5);
        assertThat(refused.json().at("/used").asInt()).isEqualTo(6);
        var imported = api.post(
                "/tenants/import", tenant(Api.freeSlug(), plan, origins(6)), "Content-Type", "application/x-ndjson");
        assertThat(imported.toString()).contains("quota_exceeded");

        var slug = tenantWith(plan, origins(5));
        var path = "/tenants/" + slug;
        assertThat(api.patch(path, "{" + origins(6) + "}", "If-Match", "*").text("/code"))
                .isEqualTo("quota_exceeded");
        assertThat(api.get(path).header("ETag")).isEqualTo("\"2\"");
        api.put(path + "/limits", "{\"overrides\":{\"origins\":6}}", "If-Match", "*");
        assertThat(api.patch(path, "{" + origins(6) + "}", "If-Match", "*").status())
                .isEqualTo(200);
    }

    @Test
    void letsATenantAboveALoweredLimitKeepAndRemoveOrigins() {
        var slug = tenantWith(plan(), origins(5));
        var path = "/tenants/" + slug;
        api.put(path + "/limits", "{\"overrides\":{\"origins\":2}}", "If-Match", "*");
        assertThat(api.patch(path, "{\"business\":{\"phone\":\"+4930901820\"}}", "If-Match", "*")
                        .status())
                .isEqualTo(200);
        assertThat(api.patch(path, "{" + origins(4) + "}", "If-Match", "*").status())
                .isEqualTo(200);
        assertThat(api.patch(path, "{" + origins(5) + "}", "If-Match", "*").text("/code"))
                .isEqualTo("quota_exceeded");
    }

    @Test
    void tellsOnceThatALimitIsNear() {
        var plan = plan();
        var slug = tenantWith(plan, origins(3));
        var path = "/tenants/" + slug;
        var id = id(slug);
        var near = of(id, told(() -> api.patch(path, "{" + origins(4) + "}", "If-Match", "*")));
        assertThat(near).extracting(Change::type).containsExactly("tenant.updated", Quota.APPROACHED);
        assertThat(near.getLast().subject()).isEqualTo("origins");
        assertThat(near.getLast().id()).isNotEqualTo(near.getFirst().id());
        assertThat(of(id, told(() -> api.patch(path, "{" + origins(5) + "}", "If-Match", "*"))))
                .extracting(Change::type)
                .containsExactly("tenant.updated");

        assertThat(told(() -> tenantWith(plan, origins(4))))
                .extracting(Change::type)
                .contains(Quota.APPROACHED);
        assertThat(told(() -> api.post(
                        "/tenants/import",
                        tenant(Api.freeSlug(), plan, origins(4)),
                        "Content-Type",
                        "application/x-ndjson")))
                .extracting(Change::type)
                .contains(Quota.APPROACHED);
    }

    @ParameterizedTest
    @CsvSource({"0,4,5,true", "3,4,5,true", "4,5,5,false", "0,3,5,false", "5,4,5,false", "0,0,0,false", "7,8,10,true"})
    void crossesEightyPercent(long before, long after, long most, boolean crosses) {
        assertThat(Quota.crosses80(before, after, most)).isEqualTo(crosses);
    }

    private static List<Change> of(UUID tenant, List<Change> told) {
        return told.stream().filter(change -> change.tenant().equals(tenant)).toList();
    }
}
