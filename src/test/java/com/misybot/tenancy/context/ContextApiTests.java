package com.misybot.tenancy.context;

import static com.misybot.tenancy.Api.freeSlug;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.Promised;
import com.misybot.tenancy.tenant.ServedTenants;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class ContextApiTests {

    private static final String PAGE = "https://www.acme.example";
    private static final String WHY = "{\"reason\":\"because\"}";

    private final ApplicationContext context;
    private final Api api;
    private final ServedTenants served;
    private final KnownTenants known;

    ContextApiTests(ApplicationContext context, ServedTenants served, KnownTenants known) {
        this.context = context;
        this.api = Api.operator(context);
        this.served = served;
        this.known = known;
    }

    private record Site(String slug, String siteId) {}

    private Site register(String... origins) {
        var slug = freeSlug();
        var created =
                api.post("/tenants", """
                {"tenantId":"%s","business":{"name":"Acme","locale":"de-DE","timeZone":"Europe/Berlin"},
                 "permissions":["chat.reply"],"allowedOrigins":%s}""".formatted(slug, JsonMapper.shared().writeValueAsString(List.of(origins))));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        assertThat(created.header("Misy-Propagation")).isEqualTo("done");
        return new Site(slug, created.text("/siteId"));
    }

    private Api.Answer resolve(Site site, String origin, String... headers) {
        return api.get(path(site.siteId(), origin), headers);
    }

    private static String path(String siteId, String origin) {
        return "/context?siteId=" + siteId + "&origin="
                + java.net.URLEncoder.encode(origin, java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void resolvesASiteToTheContextOfItsTenant() {
        var site = register(PAGE);
        var answer = resolve(site, PAGE);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        var tenant = api.get("/tenants/" + site.slug()).json();
        var context = answer.json();
        for (var field : List.of("id", "tenantId", "siteId", "status", "plan", "region", "permissions")) {
            assertThat(context.get(field)).as(field).isEqualTo(tenant.get(field));
        }
        assertThat(answer.text("/locale")).isEqualTo("de-DE");
        assertThat(answer.text("/timeZone")).isEqualTo("Europe/Berlin");
        assertThat(answer.text("/limits/sessionIdle")).isEqualTo("PT30M");
        assertThat(answer.header("ETag"))
                .isEqualTo("\"" + context.get("version").asLong() + "\"");
        // what is written part by part is what the typed context says
        var typed = Objects.requireNonNull(known.byId(UUID.fromString(answer.text("/id"))))
                .context();
        assertThat(JsonMapper.shared().writeValueAsString(typed))
                .isEqualTo(answer.response().body());
    }

    @Test
    void answers304WhereTheVersionIsKnown() {
        var site = register(PAGE);
        var tag = resolve(site, PAGE).header("ETag");
        var unchanged = resolve(site, PAGE, "If-None-Match", "\"0\", W/" + tag);
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.response().body()).isEmpty();
        api.patch("/tenants/" + site.slug(), "{\"permissions\":[]}", "If-Match", "*");
        var changed = resolve(site, PAGE, "If-None-Match", tag);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().at("/permissions")).isEmpty();
    }

    @Test
    void neverReadsTheOriginHeaderOfItsCaller() {
        var site = register(PAGE);
        assertThat(api.get("/context?siteId=" + site.siteId(), "Origin", PAGE).status())
                .isEqualTo(400);
        assertThat(resolve(site, "https://other.example").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "suspend,    403, tenant_suspended",
        "deactivate, 403, tenant_not_active",
        "delete,     404, unknown_site"
    })
    void feelsAMoveAtOnceAndItsUndoing(String move, int status, String code) {
        var site = register(PAGE);
        assertThat(resolve(site, PAGE).status()).isEqualTo(200);
        var path = "/tenants/" + site.slug();
        var moved = move.equals("delete")
                ? api.delete(path, "If-Match", "*", "X-Reason", "over")
                : api.post(path + "/" + move, WHY);
        assertThat(moved.header("Misy-Propagation")).as(moved.toString()).isEqualTo("done");
        assertThat(resolve(site, PAGE).status()).isEqualTo(status);
        assertThat(resolve(site, PAGE).text("/code")).isEqualTo(code);
        // who may not talk for the tenant is not told of its state
        assertThat(resolve(site, "https://other.example").text("/code"))
                .isEqualTo(move.equals("delete") ? code : "origin_not_allowed");
        var back = move.equals("delete") ? "restore" : move.equals("suspend") ? "resume" : "activate";
        assertThat(api.post(path + "/" + back, "{}").status()).isEqualTo(200);
        assertThat(resolve(site, PAGE).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "https://www.acme.example/",
                "https://www.acme.example.",
                "https://user@www.acme.example",
                "http://www.acme.example",
                "https://www.acme.example:8443",
                "https://*.shop.example",
                "https://shop.example",
                "https://a.b.shop.example",
                "https://www.acme.example\nhttps://x.example",
                "https://www.acme.exampl",
                "//www.acme.example",
                "https://wwwXacme.example",
                "https://127.0.0.1"
            })
    void deniesEveryOtherOrigin(String origin) {
        var answer = resolve(register(PAGE, "https://*.shop.example"), origin);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
        assertThat(answer.text("/code")).isEqualTo("origin_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://www.acme.example",
                "https://WWW.acme.example",
                "https://www.acme.example:443",
                "https://eu.shop.example"
            })
    void allowsTheOriginInItsAcceptedSpellings(String origin) {
        assertThat(resolve(register(PAGE, "https://*.shop.example"), origin).status())
                .isEqualTo(200);
    }

    @Test
    void anEmptyListOfOriginsMeansNobody() {
        assertThat(resolve(register(), PAGE).text("/code")).isEqualTo("origin_not_allowed");
    }

    @Test
    void refusesWhatIsNoSiteAndWhatNobodyHas() {
        assertThat(api.get(path("site_unknown0000", PAGE)).text("/code")).isEqualTo("unknown_site");
        assertThat(api.get(path("s!", PAGE)).status()).isEqualTo(400);
        assertThat(api.get("/context?origin=" + PAGE).status()).isEqualTo(400);
        assertThat(api.get(path("site_unknown0000", PAGE) + "&tenant=x").text("/code"))
                .isEqualTo("unknown_parameter");
    }

    @Test
    void aSiteThatWasUnknownIsKnownAsSoonAsItsTenantIsThere() {
        var siteId = "late_" + freeSlug();
        assertThat(api.get(path(siteId, PAGE)).status()).isEqualTo(404);
        var created = api.post("/tenants", """
                {"tenantId":"%s","siteId":"%s","business":{"name":"Late"},"allowedOrigins":["%s"]}""".formatted(freeSlug(), siteId, PAGE));
        assertThat(created.status()).isEqualTo(201);
        Promised.within(Duration.ofSeconds(1), () -> api.get(path(siteId, PAGE)).status() == 200);
    }

    @Test
    void answersABatchInOrderEachAContextOrAProblem() {
        var one = register(PAGE);
        var other = register("https://other.example");
        var answer = api.post(
                "/context/batch", """
                {"items":[{"siteId":"%s","origin":"%s"},{"siteId":"nobody_has_this","origin":"%s"},
                 {"siteId":"%s","origin":"%s"},{"siteId":"!","origin":"x"},{"siteId":"%s","origin":"https://other.example"}]}""".formatted(one.siteId(), PAGE, PAGE, other.siteId(), PAGE, other.siteId()));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.text("/items/0/context/tenantId")).isEqualTo(one.slug());
        assertThat(answer.text("/items/1/problem/code")).isEqualTo("unknown_site");
        assertThat(answer.text("/items/2/problem/code")).isEqualTo("origin_not_allowed");
        assertThat(answer.text("/items/3/problem/status")).isEqualTo("400");
        assertThat(answer.text("/items/4/context/tenantId")).isEqualTo(other.slug());
        assertThat(api.post("/context/batch", "{\"items\":[]}").status()).isEqualTo(400);
        var many = "{\"siteId\":\"aaaa\",\"origin\":\"b\"},".repeat(101);
        assertThat(api.post("/context/batch", "{\"items\":[" + many.substring(0, many.length() - 1) + "]}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void explainsAnOrigin() {
        var site = register(PAGE, "https://*.shop.example");
        var path = "/tenants/" + site.slug() + "/origin-check?origin=";
        var allowed = api.get(path + "https://EU.shop.example");
        assertThat(allowed.json().at("/allowed").asBoolean()).isTrue();
        assertThat(allowed.text("/rule")).isEqualTo("https://*.shop.example");
        assertThat(allowed.text("/contentSecurityPolicy"))
                .isEqualTo("frame-ancestors https://www.acme.example https://*.shop.example");
        var odd = api.get(path + "https://www.acme.example./");
        assertThat(odd.json().at("/allowed").asBoolean()).isFalse();
        assertThat(odd.text("/code")).startsWith("origin_");
        assertThat(api.get(path + "https://none.example").text("/detail")).contains("2 allowed origins");
        assertThat(api.get("/tenants/" + register().slug() + "/origin-check?origin=" + PAGE)
                        .text("/contentSecurityPolicy"))
                .isEqualTo("frame-ancestors 'none'");
    }

    @Test
    void servesAsTheRegistrySays() {
        var site = register(PAGE);
        var id = UUID.fromString(resolve(site, PAGE).text("/id"));
        assertThat(served.byId(List.of(id)))
                .singleElement()
                .satisfies(tenant -> assertThat(resolve(site, PAGE).header("ETag"))
                        .isEqualTo("\"" + tenant.contextVersion() + "\""));
    }

    @Test
    void signsTheContextForAnAudienceOfTheCaller() {
        var site = register(PAGE);
        var path = path(site.siteId(), "https://WWW.acme.example");
        var answer = api.get(path + "&audience=chat-gateway", "Accept", "application/jwt");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/jwt");
        var parts = answer.response().body().split("\\.", -1);
        var header =
                JsonMapper.shared().readTree(java.util.Base64.getUrlDecoder().decode(parts[0]));
        var claims =
                JsonMapper.shared().readTree(java.util.Base64.getUrlDecoder().decode(parts[1]));
        var context = resolve(site, PAGE);
        assertThat(header.at("/typ").asString()).isEqualTo("misy-context+jwt");
        assertThat(claims.at("/sub").asString()).isEqualTo(context.text("/id"));
        assertThat(claims.at("/aud").asString()).isEqualTo("chat-gateway");
        assertThat(claims.at("/origin").asString()).isEqualTo(PAGE);
        assertThat("\"" + claims.at("/ctx_version").asLong() + "\"").isEqualTo(context.header("ETag"));
        assertThat(claims.at("/exp").asLong() - claims.at("/iat").asLong()).isEqualTo(60);
        assertThat(claims.at("/limits"))
                .hasToString(context.json().at("/limits").toString());

        assertThat(api.get(path, "Accept", "application/jwt").status()).isEqualTo(400);
        var unsigned = api.get(path + "&audience=a", "Accept", "application/json");
        assertThat(unsigned.text("/code")).isEqualTo("unknown_parameter");
        assertThat(unsigned.text("/errors/0/detail")).contains("Accept: application/jwt");
        assertThat(api.get(path(site.siteId(), "https://x.example") + "&audience=a", "Accept", "application/jwt")
                        .text("/code"))
                .isEqualTo("origin_not_allowed");
    }

    @Test
    void signsForNoAudienceThatTheCallerDoesNotHave() {
        var created = api.post("/api-keys", """
                {"name":"Gateway","kind":"SERVICE","scopes":["context:read"],"audiences":["chat-gateway"]}""");
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        var gateway =
                Api.with(context, created.text("/secret").isEmpty() ? created.text("/token") : created.text("/secret"));
        var path = path(register(PAGE).siteId(), PAGE) + "&audience=";
        assertThat(gateway.get(path + "chat-gateway", "Accept", "application/jwt")
                        .status())
                .isEqualTo(200);
        var refused = gateway.get(path + "billing", "Accept", "application/jwt");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("/code")).isEqualTo("audience_not_allowed");
    }
}
