package com.misybot.tenancy.security;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.keyring.Token;
import com.misybot.tenancy.security.apikey.TestKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class CallerApiTests {

    private static final String KEYS = "/api/v1/api-keys";

    private final ApplicationContext context;
    private final String base;
    private final HttpClient http = HttpClient.newHttpClient();
    private final SecureRandom random = new SecureRandom();

    CallerApiTests(ApplicationContext context, @LocalServerPort int port) {
        this.context = context;
        this.base = "http://127.0.0.1:" + port;
    }

    @Test
    void answersEveryRefusedCredentialAlike() throws Exception {
        var good = Token.parse(TestKeys.operator(context)).orElseThrow();
        var wrong = Token.issue(Token.Kind.OPERATOR, good.keyId(), random);
        var unknown = Token.issue(Token.Kind.OPERATOR, Token.newKeyId(Token.Kind.OPERATOR, random), random);
        var otherKind = Token.issue(Token.Kind.SERVICE, good.keyId(), random);
        var tenants = Token.issue(Token.Kind.TENANT, Token.newKeyId(Token.Kind.TENANT, random), random);
        var expired = TestKeys.expired(context);
        var revoked = TestKeys.revoked(context);

        var none = send(request(KEYS).GET());
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.headers().allValues("WWW-Authenticate")).containsExactly("Bearer");
        assertThat(none.headers().firstValue("Content-Type")).contains("application/problem+json");
        for (var credential : List.of(
                "Bearer " + wrong.secret().value(),
                "Bearer " + unknown.secret().value(),
                "Bearer " + otherKind.secret().value(),
                "Bearer " + tenants.secret().value(),
                "Bearer " + expired,
                "Bearer " + revoked,
                "Bearer " + good.secret().value().substring(1),
                "Bearer ",
                "Bearer",
                "Bearer a b",
                "Bearer eyJhbGciOiJub25lIn0.e30.",
                "Basic " + good.secret().value(),
                good.secret().value())) {
            var refused = send(request(KEYS).header("Authorization", credential).GET());
            assertThat(refused.statusCode()).as(credential).isEqualTo(401);
            assertThat(withoutTrace(refused)).isEqualTo(withoutTrace(none));
            assertThat(refused.headers().map().keySet())
                    .isEqualTo(none.headers().map().keySet());
        }
        assertThat(send(as(good.secret().value(), KEYS).GET()).statusCode()).isEqualTo(200);
    }

    @Test
    void takesTheSchemeInAnyCaseButOneCredentialOnly() throws Exception {
        var key = TestKeys.operator(context);

        assertThat(send(request(KEYS).header("Authorization", "bearer " + key).GET())
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(as(key, KEYS).header("Authorization", "Bearer " + key).GET())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void readsNoCredentialFromTheQuery() throws Exception {
        var key = TestKeys.operator(context);

        for (var name : List.of("access_token", "token", "key", "Authorization")) {
            assertThat(send(request(KEYS + "/count?" + name + "=" + key).GET()).statusCode())
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/no-such-thing",
        "GET, /api/v1/api-keys/none",
        "GET, /api/v1/%61pi-keys",
        "GET, /api/%76%31/api-keys",
        "GET, /%61pi/v1/api-keys",
        "PUT, /api/v1/api-keys",
        "POST, /api/v1/api-keys",
        "GET, /api/1/api-keys",
        "OPTIONS, /api/v1/api-keys",
        "TRACE, /api/v1/api-keys"
    })
    void letsNobodyPassWithoutACredential(String method, String path) throws Exception {
        assertThat(send(request(path).method(method, BodyPublishers.noBody())).statusCode())
                .isIn(401, 400, 405);
        if (!method.equals("TRACE")) {
            assertThat(send(request(path).method(method, BodyPublishers.noBody()))
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void refusesInTheDocumentedOrder() throws Exception {
        var none = TestKeys.operator(context, "tenants:read");
        var all = TestKeys.operator(context);

        assertThat(send(as(none, KEYS + "/unknown").GET()).statusCode())
                .as("scope before existence")
                .isEqualTo(403);
        assertThat(send(as(all, KEYS + "/unknown").GET()).statusCode()).isEqualTo(404);
        assertThat(send(as(none, "/api/v1/no-such-thing").GET()).statusCode()).isEqualTo(404);
        assertThat(send(as(none, "/api/1/api-keys").GET()).statusCode()).isEqualTo(404);

        assertThat(send(text(as(none, KEYS))).statusCode())
                .as("scope before media type")
                .isEqualTo(403);
        assertThat(send(text(as(all, KEYS))).statusCode()).isEqualTo(415);
        assertThat(send(as(none, KEYS).header("Accept", "image/png").GET()).statusCode())
                .as("scope before what is accepted")
                .isEqualTo(403);
        assertThat(send(as(all, KEYS).header("Accept", "image/png").GET()).statusCode())
                .isEqualTo(406);
        assertThat(send(as(all, KEYS).DELETE()).statusCode()).isEqualTo(405);
        var patch = "/api/v1/tenants/no-such-tenant";
        assertThat(send(as(none, patch)
                                .header("Content-Type", "text/plain")
                                .method("PATCH", BodyPublishers.ofString("x")))
                        .statusCode())
                .as("scope before a media type that the mapping asks for")
                .isEqualTo(403);
        assertThat(send(json(as(none, KEYS), "{")).statusCode())
                .as("scope before syntax")
                .isEqualTo(403);
        assertThat(send(json(as(all, KEYS), "{")).statusCode()).isEqualTo(400);
    }

    @Test
    void saysWhichScopeIsMissing() throws Exception {
        var answer = send(as(TestKeys.operator(context, "tenants:read"), KEYS).GET());

        assertThat(answer.body()).contains("\"code\":\"forbidden\"", "\"scope\":\"apikeys:write\"");
    }

    @Test
    void blocksAKeyFromAnAddressAfterTenFailures() throws Exception {
        var key = Token.parse(TestKeys.operator(context)).orElseThrow();
        var other = TestKeys.operator(context);
        for (var i = 0; i < 10; i++) {
            var wrong = Token.issue(Token.Kind.OPERATOR, key.keyId(), random)
                    .secret()
                    .value();
            assertThat(send(as(wrong, KEYS).GET()).statusCode()).isEqualTo(401);
        }

        var blocked = send(as(key.secret().value(), KEYS).GET());

        assertThat(blocked.statusCode()).isEqualTo(429);
        assertThat(blocked.body()).contains("\"code\":\"too_many_failures\"");
        assertThat(blocked.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 60L);
        assertThat(send(as(other, KEYS).GET()).statusCode()).as("another key").isEqualTo(200);
    }

    @Test
    void keepsAKeyInItsNetworks() throws Exception {
        var inside = TestKeys.from(context, "127.0.0.0/8");
        var outside = TestKeys.from(context, "192.0.2.0/24", "2001:db8::/32");

        assertThat(send(as(inside, KEYS).GET()).statusCode()).isEqualTo(200);
        var refused =
                send(as(outside, KEYS).header("X-Forwarded-For", "192.0.2.1").GET());
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("\"code\":\"network_not_allowed\"");
    }

    @Test
    void saysOnEveryAnswerWhatABrowserMayDoWithIt() throws Exception {
        for (var answer : List.of(
                send(as(TestKeys.operator(context), KEYS).GET()),
                send(request(KEYS).GET()))) {
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
            assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
            assertThat(answer.headers().firstValue("Strict-Transport-Security"))
                    .as("no https")
                    .isEmpty();
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void showsTheApiPageToEverybody() throws Exception {
        assertThat(send(request("/v3/api-docs").GET()).statusCode()).isEqualTo(200);
    }

    @Test
    void namesTheActorAndNoTokenInTheLog() throws Exception {
        var key = TestKeys.operator(context, "tenants:read");
        var wrong = Token.issue(Token.Kind.SERVICE, Token.newKeyId(Token.Kind.SERVICE, random), random)
                .secret()
                .value();
        var secrets = new ArrayList<>(List.of(key, wrong));

        var events = logged(() -> {
            send(as(key, KEYS).GET());
            send(as(wrong, KEYS).GET());
            send(request(KEYS + "/" + key + "?q=" + key).GET());
            send(json(as(key, KEYS + "?token=" + key), "{\"name\":\"" + key + "\"}"));
            var made = send(json(
                    as(TestKeys.operator(context), KEYS),
                    "{\"name\":\"x\",\"kind\":\"OPERATOR\",\"scopes\":[\"erase\"]}"));
            secrets.add(made.body().replaceAll(".*\"secret\":\"([^\"]+)\".*", "$1"));
        });

        assertThat(secrets).hasSize(3).allMatch(secret -> secret.startsWith("misy_"));
        assertThat(events).isNotEmpty();
        assertThat(events).allSatisfy(event -> {
            var line = event.getFormattedMessage()
                    + event.getMDCPropertyMap()
                    + (event.getThrowableProxy() == null
                            ? ""
                            : event.getThrowableProxy().getMessage());
            assertThat(secrets).noneMatch(line::contains);
        });
        assertThat(events).anySatisfy(event -> {
            assertThat(event.getFormattedMessage()).contains("403");
            assertThat(event.getMDCPropertyMap().get("actor")).startsWith("operator:");
        });
        assertThat(events)
                .filteredOn(event -> event.getFormattedMessage().contains("401"))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.getMDCPropertyMap()).doesNotContainKey("actor"));
    }

    @Test
    void aServiceIsAService() throws Exception {
        var service = TestKeys.limited(context, Actor.Kind.SERVICE, Reach.all());

        assertThat(service).startsWith("misy_svc_");
        assertThat(send(as(service, KEYS).GET()).statusCode()).isEqualTo(403);
    }

    private interface Requests {
        void send() throws Exception;
    }

    private static List<ILoggingEvent> logged(Requests requests) throws Exception {
        var loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
        var root = loggers.getLogger(Logger.ROOT_LOGGER_NAME);
        var ours = loggers.getLogger("com.misybot");
        var appender = new ListAppender<ILoggingEvent>();
        appender.start();
        root.addAppender(appender);
        ours.setLevel(Level.TRACE);
        try {
            requests.send();
        } finally {
            root.detachAppender(appender);
            ours.setLevel(null);
        }
        return List.copyOf(appender.list);
    }

    private static String withoutTrace(HttpResponse<String> response) {
        return response.body().replaceAll("\"traceId\":\"[0-9a-f]+\"", "");
    }

    private HttpRequest.Builder as(String key, String path) {
        return request(path).header("Authorization", "Bearer " + key);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path));
    }

    private static HttpRequest.Builder json(HttpRequest.Builder request, String body) {
        return request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }

    private static HttpRequest.Builder text(HttpRequest.Builder request) {
        return request.header("Content-Type", "text/plain").POST(BodyPublishers.ofString("x"));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
