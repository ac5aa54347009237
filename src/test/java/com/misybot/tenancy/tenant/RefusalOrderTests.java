package com.misybot.tenancy.tenant;

import static com.misybot.tenancy.Api.freeSlug;
import static com.misybot.tenancy.Api.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** Requests with two faults, and which of them is told: 404, 400, 412, 409, 422. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class RefusalOrderTests {

    private static final String STALE = "\"99\"";

    private final Api api;

    RefusalOrderTests(ApplicationContext context) {
        this.api = Api.operator(context);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST   | /suspend       | {}                                             | reason_required
            POST   | /suspend       | {"reason":"r","until":"2001-01-01T00:00:00Z"}  | instant_passed
            POST   | /deactivate    | {}                                             | reason_required
            DELETE | ``             | ``                                             | reason_required
            """)
    void looksForTheTenantItsVersionAndItsStateBeforeTheRulesOfAMove(
            String method, String rest, String body, String rule) {
        var slug = freeSlug();
        var path = "/tenants/" + slug;
        api.post("/tenants", tenant(slug));

        assertThat(code(api.send(method, "/tenants/" + freeSlug() + rest, body, "If-Match", STALE)))
                .isEqualTo("unknown_tenant");
        assertThat(code(api.send(method, path + rest, body, "If-Match", STALE))).isEqualTo("stale_version");
        assertThat(code(api.send(method, path + rest, body, "If-Match", "*"))).isEqualTo(rule);
        api.delete(path, "If-Match", "*", "X-Reason", "over");
        assertThat(code(api.send(method, path + rest, body, "If-Match", STALE))).isEqualTo("stale_version");
        assertThat(code(api.send(method, path + rest, body, "If-Match", "*"))).isEqualTo("illegal_transition");
        assertThat(api.get(path).header("ETag")).isEqualTo("\"3\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST   | /suspend          | {"reason":""}         | 400
            POST   | /suspend          | {"until":"tomorrow"}  | 400
            DELETE | ?purgeAfter=P1Y   | ``                    | 400
            PUT    | ``                | {}                    | 400
            PATCH  | ``                | {"plan":"?"}          | 400
            PATCH  | ``                | {"business":null}     | 400
            PATCH  | ``                | {"colour":"red"}      | 400
            PATCH  | ``                | []                    | 400
            PATCH  | ``                | {"plan":"unknown"}    | 412
            """)
    void saysWhatTheSchemaTellsBeforeThatTheVersionIsStale(String method, String rest, String body, int status) {
        var slug = freeSlug();
        api.post("/tenants", tenant(slug));
        var refused = api.send(method, "/tenants/" + slug + rest, body, "If-Match", STALE);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(status);
    }

    @Test
    void saysToWhoReadAnotherVersionThatItIsStaleAndNotThatItsFieldsAreReadOnly() {
        var slug = freeSlug();
        var path = "/tenants/" + slug;
        api.post("/tenants", tenant(slug));
        var read = api.get(path).response().body();
        api.post(path + "/suspend", "{\"reason\":\"pause\"}");

        assertThat(code(api.put(path, read, "If-Match", "\"2\""))).isEqualTo("stale_version");
        assertThat(code(api.patch(path, read, "If-Match", "\"2\""))).isEqualTo("stale_version");
        assertThat(code(api.put(path, read, "If-Match", "*"))).isEqualTo("read_only");
    }

    @Test
    void saysThatANameIsTakenBeforeTheRulesOfAChange() {
        var slug = freeSlug();
        var external = "x-" + slug;
        api.post(
                "/tenants",
                tenant(freeSlug()).replace("\"business\"", "\"externalId\":\"" + external + "\",\"business\""));
        api.post("/tenants", tenant(slug));
        var change = "{\"externalId\":\"%s\",\"plan\":\"unknown\"}";

        assertThat(code(api.patch("/tenants/" + slug, change.formatted(external), "If-Match", "*")))
                .isEqualTo("name_taken");
        assertThat(code(api.patch("/tenants/" + slug, change.formatted("y-" + slug), "If-Match", "*")))
                .isEqualTo("plan_unknown");
        assertThat(api.get("/tenants/" + slug).header("ETag")).isEqualTo("\"2\"");
        assertThat(api.patch("/tenants/" + slug, "{\"externalId\":\"y-" + slug + "\"}", "If-Match", "*")
                        .status())
                .isEqualTo(200);
    }

    /** Names are claimed last: ADR 0032. */
    @Test
    void appliesTheRulesOfARegistrationBeforeItClaimsNames() {
        var slug = freeSlug();
        api.post("/tenants", tenant(slug));
        var again = "{\"tenantId\":\"" + slug + "\",\"plan\":\"%s\",\"business\":{\"name\":\"x\"}}";

        assertThat(api.post("/tenants", again.formatted("?")).status()).isEqualTo(400);
        assertThat(code(api.post("/tenants", again.formatted("unknown")))).isEqualTo("plan_unknown");
        assertThat(code(api.post("/tenants", again.formatted("standard")))).isEqualTo("name_taken");
    }

    private static String code(Api.Answer answer) {
        return answer.text("/code");
    }
}
