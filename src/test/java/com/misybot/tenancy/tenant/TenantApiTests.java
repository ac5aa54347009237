package com.misybot.tenancy.tenant;

import static com.misybot.tenancy.Api.freeSlug;
import static com.misybot.tenancy.Api.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import tools.jackson.databind.node.ObjectNode;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class TenantApiTests {

    private final Api api;

    TenantApiTests(ApplicationContext context) {
        this.api = Api.operator(context);
    }

    @Test
    void registersATenantAndReadsItBack() {
        var slug = freeSlug();
        var created = api.post("/tenants", """
                {"tenantId":"%1$s","siteId":"%1$s-web","externalId":"crm-%1$s",
                 "business":{"name":"Cafe\\u0301 Ümit","legalName":"Ümit GmbH","industry":"Food","website":"https://UEMIT.example",
                   "contactName":"Ümit Ü","email":"ue@UEMIT.example","phone":"+4930901820","country":"DE","locale":"de-de",
                   "timeZone":"Europe/Berlin"},
                 "allowedOrigins":["https://%1$s.example","https://%1$s.example:443","https://*.%1$s.example"],
                 "permissions":["knowledge.read","chat.reply"],"labels":{"tier":"gold"},
                 "settings":{"b":[1,2.50],"a":{"deep":true}},"activeUntil":"2099-01-01T00:00:00Z"}
                """.formatted(slug));

        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo("/api/v1/tenants/" + slug);
        assertThat(created.header("ETag")).isEqualTo("\"2\"");
        var read = api.get("/tenants/" + slug);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json()).isEqualTo(((ObjectNode) created.json()).remove(List.of("secret")));
        assertThat(read.text("/business/name")).isEqualTo("Café Ümit");
        assertThat(read.json().at("/allowedOrigins").toString())
                .isEqualTo("[\"https://%1$s.example\",\"https://*.%1$s.example\"]".formatted(slug));
        assertThat(read.response().body()).contains("\"settings\":{\"a\":{\"deep\":true},\"b\":[1,2.50]}");
        assertThat(read.text("/status")).isEqualTo("ACTIVE");
        assertThat(api.send("HEAD", "/tenants/" + slug, null).status()).isEqualTo(200);
        assertThat(api.send("HEAD", "/tenants/" + freeSlug(), null).status()).isEqualTo(404);
        assertThat(api.get("/tenants/" + slug, "If-None-Match", "\"2\"").status())
                .isEqualTo(304);
    }

    @Test
    void generatesASiteIdAndFillsInPlanAndRegion() {
        var created = api.post("/tenants", tenant(freeSlug()));
        assertThat(created.text("/siteId")).matches("site_[0-9A-Za-z]{20}");
        assertThat(created.text("/plan")).isEqualTo("standard");
        assertThat(created.text("/region")).isEqualTo("eu-central");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "tenantId":"Acme"                       | 400 | /tenantId          | format
            "tenantId":"a--b"                       | 400 | /tenantId          | format
            "tenantId":null                         | 400 | /tenantId          | required
            "tenantId":"import"                     | 422 | /tenantId          | name_reserved
            "siteId":"abc"                          | 400 | /siteId            | format
            "business":null                         | 400 | /business          | required
            "business":{}                           | 400 | /business/name     | required
            "business":{"name":"x","country":"ZZ"}  | 400 | /business/country  | country_unknown
            "business":{"name":"x","locale":"qq_1"} | 400 | /business/locale   | format
            "business":{"name":"x","timeZone":"CET+1"} | 400 | /business/timeZone | time_zone_unknown
            "business":{"name":"x","email":"x@"}    | 400 | /business/email    | format
            "business":{"name":"x","phone":"0301"}  | 400 | /business/phone    | format
            "business":{"name":"x","nick":"y"}      | 400 | /business/nick     | unknown_field
            "nick":"y"                              | 400 | /nick              | unknown_field
            "plan":"gold"                           | 422 | /plan              | plan_unknown
            "region":"moon"                         | 422 | /region            | region_unknown
            "permissions":["fly"]                   | 422 | /permissions       | permission_unknown
            "allowedOrigins":["https://a.example","ftp://b.example"] | 400 | /allowedOrigins/1 | origin_scheme
            "allowedOrigins":"https://a.example"    | 400 | /allowedOrigins    | type
            "settings":[1]                          | 400 | /settings          | type
            "labels":{"A":"b"}                      | 400 | /labels            | label_key
            "labels":{"a":null}                     | 400 | /labels/a          | required
            "activeUntil":"2001-01-01T00:00:00Z"    | 422 | /activeUntil       | instant_passed
            "activeUntil":"tomorrow"                | 400 | /activeUntil       | format
            "tenantId":7                            | 400 | /tenantId          | type
            """)
    void refusesABadFieldByItsPointer(String member, int status, String pointer, String code) {
        var slug = freeSlug();
        var json = (ObjectNode) tools.jackson.databind.json.JsonMapper.shared().readTree(tenant(slug));
        json.setAll((ObjectNode) tools.jackson.databind.json.JsonMapper.shared().readTree("{" + member + "}"));
        var refused = api.post("/tenants", json.toString());
        assertThat(refused.status()).as(refused.toString()).isEqualTo(status);
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(refused.text("/errors/0/pointer")).isEqualTo(pointer);
        assertThat(refused.text("/errors/0/code")).isEqualTo(code);
        assertThat(api.get("/tenants/" + slug).status()).isEqualTo(404);
    }

    @Test
    void namesEveryBadFieldAtOnce() {
        var refused = api.post(
                "/tenants", "{\"tenantId\":\"A\",\"siteId\":\"b\",\"business\":{\"name\":\"\",\"email\":\"c\"}}");
        assertThat(refused.json().at("/errors").size()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"tenantId":"aa","tenantId":"bb","business":{"name":"x"}}
            {"tenantId":"%s","business":{"name":"x"},"settings":{"a":NaN}}
            {"tenantId":"%s","business":{"name":"a\\ud800b"}}
            {"tenantId":"%s","business":{"name":"a\\u0000b"}}
            {"tenantId":"%s","business":{"name":"x"},"settings":{"a\\u0000":1}}
            {"tenantId":"%s","business":{"name":"x"}} trailing
            {"tenantId":"%s","business":{"name":"x"}
            []
            """)
    void refusesWhatIsNotTheJsonItShouldBe(String body) {
        var refused = api.post("/tenants", body.formatted(freeSlug()));
        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.text("/code")).isNotBlank();
    }

    @Test
    void letsOneOfManyHaveANameAtTheSameInstant() throws Exception {
        var slug = freeSlug();
        var site = "site-" + slug;
        var statuses = together(
                () -> api.post("/tenants", tenant(slug)).status(),
                () -> api.post("/tenants", tenant(slug)).status(),
                () -> api.post("/tenants", tenant(slug)).status(),
                () -> api.post("/tenants", tenant(slug)).status());
        assertThat(statuses).containsExactlyInAnyOrder(201, 409, 409, 409);
        var withSite = "{\"tenantId\":\"%s\",\"siteId\":\"" + site + "\",\"business\":{\"name\":\"x\"}}";
        assertThat(together(
                        () -> api.post("/tenants", withSite.formatted(freeSlug()))
                                .status(),
                        () -> api.post("/tenants", withSite.formatted(freeSlug()))
                                .status()))
                .containsExactlyInAnyOrder(201, 409);
    }

    @Test
    void decidesAboutExternalIdsOnOneFormInEveryLocale() {
        var before = Locale.getDefault();
        var external = freeSlug();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(withExternal("TITLE-" + external).status()).isEqualTo(201);
            assertThat(withExternal("title-" + external).text("/code")).isEqualTo("name_taken");
            Locale.setDefault(Locale.ENGLISH);
            assertThat(withExternal("ｔｉｔｌｅ-" + external).text("/code")).isEqualTo("name_taken");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void freesAnExternalIdThatATenantGivesUp() {
        var external = "x-" + freeSlug();
        var first = withExternal(external);
        assertThat(withExternal(external).status()).isEqualTo(409);
        var cleared = api.patch("/tenants/" + first.text("/tenantId"), "{\"externalId\":null}", "If-Match", "\"2\"");
        assertThat(cleared.status()).as(cleared.toString()).isEqualTo(200);
        assertThat(withExternal(external).status()).isEqualTo(201);
    }

    @Test
    void putsBackWhatItReadAsTheSameVersion() {
        var slug = freeSlug();
        api.post("/tenants", tenant(slug));
        var read = api.get("/tenants/" + slug);
        var same = api.put("/tenants/" + slug, read.response().body(), "If-Match", "\"2\"");
        assertThat(same.status()).as(same.toString()).isEqualTo(200);
        assertThat(same.header("ETag")).isEqualTo("\"2\"");
        var other = api.put(
                "/tenants/" + slug,
                read.response().body().replace("\"version\":2", "\"version\":1"),
                "If-Match",
                "\"2\"");
        assertThat(other.status()).isEqualTo(400);
        assertThat(other.text("/code")).isEqualTo("read_only");
    }

    @Test
    void patchesWhatIsNamedAndClearsWhatIsNull() {
        var slug = freeSlug();
        api.post(
                "/tenants",
                "{\"tenantId\":\"%s\",\"business\":{\"name\":\"A\",\"industry\":\"B\"},\"labels\":{\"a\":\"1\",\"b\":\"2\"}}"
                        .formatted(slug));
        var patched = api.patch(
                "/tenants/" + slug,
                "{\"business\":{\"industry\":null,\"country\":\"de\"},\"labels\":{\"a\":null,\"c\":\"3\"}}",
                "If-Match",
                "\"2\"",
                "X-Reason",
                "Gr%C3%BCnde");
        assertThat(patched.status()).as(patched.toString()).isEqualTo(200);
        assertThat(patched.header("ETag")).isEqualTo("\"3\"");
        assertThat(patched.json().at("/business").toString()).isEqualTo("{\"name\":\"A\",\"country\":\"DE\"}");
        assertThat(patched.json().at("/labels").toString()).isEqualTo("{\"b\":\"2\",\"c\":\"3\"}");
        var refused = api.patch("/tenants/" + slug, "{\"business\":{\"name\":null}}", "If-Match", "\"3\"");
        assertThat(refused.status()).isEqualTo(400);
    }

    @Test
    void changesOnlyTheVersionThatWasRead() throws Exception {
        var slug = freeSlug();
        api.post("/tenants", tenant(slug));
        var path = "/tenants/" + slug;
        assertThat(api.patch(path, "{}").status()).isEqualTo(428);
        assertThat(api.patch(path, "{}", "If-Match", "W/\"1\"").status()).isEqualTo(400);
        assertThat(api.patch(path, "{}", "If-Match", "\"7\"").status()).isEqualTo(412);
        var first = "{\"labels\":{\"a\":\"%s\"}}";
        assertThat(together(
                        () -> api.patch(path, first.formatted("1"), "If-Match", "\"2\"")
                                .status(),
                        () -> api.patch(path, first.formatted("2"), "If-Match", "\"2\"")
                                .status()))
                .containsExactlyInAnyOrder(200, 412);
        assertThat(api.patch(path, "{\"region\":\"us-east\"}", "If-Match", "*").status())
                .isEqualTo(200);
    }

    @Test
    void answersByAnOperationWhereAsked() {
        var slug = freeSlug();
        var accepted = api.post("/tenants", tenant(slug), "Prefer", "respond-async");
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
        assertThat(accepted.header("Preference-Applied")).contains("respond-async");
        var operation = api.get(accepted.header("Location").substring("/api/v1".length()), "Prefer", "wait=30");
        assertThat(operation.text("/status")).isEqualTo("SUCCEEDED");
        assertThat(operation.text("/tenantId")).isEqualTo(slug);
    }

    @Test
    void givesTheSameAnswerToTheSameIdempotencyKey() {
        var slug = freeSlug();
        // what is kept was true when the tenant was registered: who waits for it to be set up sees more than that
        var first = api.post("/tenants", tenant(slug), "Idempotency-Key", slug, "Prefer", "wait=0");
        var second = api.post("/tenants", tenant(slug), "Idempotency-Key", slug);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(((ObjectNode) second.json()).remove(List.of("secret", "secretWithheld")))
                .isEqualTo(((ObjectNode) first.json()).remove(List.of("secret")));
        assertThat(api.post("/tenants", tenant(freeSlug()), "Idempotency-Key", slug)
                        .status())
                .isEqualTo(422);
    }

    private Api.Answer withExternal(String externalId) {
        return api.post(
                "/tenants",
                "{\"tenantId\":\"%s\",\"externalId\":\"%s\",\"business\":{\"name\":\"x\"}}"
                        .formatted(freeSlug(), externalId));
    }

    private static List<Integer> together(IntSupplier... calls) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = new ArrayList<Future<Integer>>();
            for (var call : calls) {
                futures.add(threads.submit(call::getAsInt));
            }
            var results = new ArrayList<Integer>();
            for (var future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }
}
