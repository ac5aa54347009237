package com.misybot.tenancy.context;

import static com.misybot.tenancy.Api.freeSlug;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.context.session.Visits;
import com.misybot.tenancy.security.apikey.TestKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** The short way to the handlers of the hot path gives the answers of the long way, which an unusual Accept header leads to. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class DirectRouteTests {

    private static final String PAGE = "https://www.acme.example";
    private static final String[] LONG_WAY = {"Accept", "application/json, text/plain;q=0.1"};

    /** Differ from answer to answer of the same way. */
    private static final List<String> OF_THE_MOMENT = List.of("date", "traceparent", "connection", "keep-alive");

    private final ApplicationContext context;
    private final Api api;

    DirectRouteTests(ApplicationContext context) {
        this.context = context;
        this.api = Api.operator(context);
    }

    private record Told(int status, Map<String, List<String>> headers, String body) {

        static Told of(Api.Answer answer) {
            var headers = new TreeMap<>(answer.response().headers().map());
            OF_THE_MOMENT.forEach(headers::remove);
            var body = answer.response()
                    .body()
                    .replaceAll("\"traceId\":\"[0-9a-f]+\"", "")
                    .replaceAll("\"expiresAt\":\"[^\"]+\"", "");
            return new Told(answer.status(), new HashMap<>(headers), body);
        }
    }

    private String siteId() {
        return api.post("/tenants", """
                        {"tenantId":"%s","business":{"name":"Acme"},"allowedOrigins":["%s"]}""".formatted(freeSlug(), PAGE)).text("/siteId");
    }

    private void alike(int status, Api caller, String method, String path, @Nullable String body, String... headers) {
        var direct = Told.of(caller.send(method, path, body, headers));
        var all = java.util.stream.Stream.of(headers, LONG_WAY)
                .flatMap(java.util.Arrays::stream)
                .toArray(String[]::new);
        assertThat(direct.status()).as(direct.toString()).isEqualTo(status);
        assertThat(direct).isEqualTo(Told.of(caller.send(method, path, body, all)));
    }

    @Test
    void resolvesAlike() {
        var path = "/context?siteId=" + siteId() + "&origin=";
        var tag = api.get(path + PAGE).header("ETag");
        var nobody = Api.with(context, "misy_op_none");
        var other = Api.with(context, TestKeys.operator(context, "tenants:read"));

        alike(200, api, "GET", path + PAGE, null);
        alike(200, api, "GET", path + "https%3A%2F%2Fwww.acme.example", null);
        alike(304, api, "GET", path + PAGE, null, "If-None-Match", tag);
        alike(403, api, "GET", path + "https://evil.example", null);
        alike(403, api, "GET", path + "%E2%98%83", null);
        alike(403, api, "GET", path, null);
        alike(404, api, "GET", "/context?siteId=site_nobody_has&origin=" + PAGE, null);
        alike(400, api, "GET", "/context?siteId=!&origin=" + PAGE, null);
        alike(400, api, "GET", path + PAGE + "&more=1", null);
        alike(400, api, "GET", path + PAGE + "&origin=" + PAGE, null);
        alike(400, api, "GET", "/context?origin=" + PAGE, null);
        alike(400, api, "GET", path + "%ff", null);
        alike(403, other, "GET", path + PAGE, null);
        alike(401, nobody, "GET", path + PAGE, null);
    }

    @Test
    void introspectsAlike() {
        var token = Visits.of(context).start(Visits.of(context).register(), "").text("/token");
        var path = "/sessions/introspect";
        var other = Api.with(context, TestKeys.operator(context, "tenants:read"));

        alike(200, api, "POST", path, "{\"token\":\"" + token + "\"}");
        alike(200, api, "POST", path, " {\"token\" : \"" + token + "\" } ");
        alike(200, api, "POST", path, "{\"token\":\"no token at all\"}");
        alike(200, api, "POST", path, "{\"token\":\"" + token.replaceAll(".$", "~") + "\"}");
        alike(403, other, "POST", path, "{\"token\":\"" + token + "\"}");
        alike(415, api, "POST", path, "{\"token\":\"" + token + "\"}", "Content-Type", "text/plain");
        alike(400, api, "POST", path + "?a=1", "{\"token\":\"" + token + "\"}");
        alike(413, api, "POST", path, "{\"token\":\"" + "x".repeat(1_100) + "\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{\"token\":null}",
                "{\"token\":7}",
                "{\"token\":\"a\",\"token\":\"b\"}",
                "{\"token\":\"a\",\"more\":1}",
                "{\"token\":\"\\u0000\"}",
                "{\"token\":\"a\"} {}",
                "{\"token\":\"a\"\"}",
                "{\"token\":\"\"}"
            })
    void refusesBodiesAlike(String body) {
        var direct = Told.of(api.post("/sessions/introspect", body));
        assertThat(direct).isEqualTo(Told.of(api.post("/sessions/introspect", body, LONG_WAY)));
        assertThat(direct.status()).isIn(200, 400);
    }
}
