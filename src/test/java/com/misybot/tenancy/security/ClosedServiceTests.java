package com.misybot.tenancy.security;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.LoggerContext;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.misybot.tenancy.Api;
import com.misybot.tenancy.LogLines;
import com.misybot.tenancy.security.apikey.TestKeys;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as it runs in production: closed but for the issuer's operators and keys, with its log in JSON. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("prod")
@TestConstructor(autowireMode = AutowireMode.ALL)
class ClosedServiceTests {

    private static final WireMockServer ISSUER =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    private final ApplicationContext context;
    private final Environment environment;
    private final String base;
    private final HttpClient http = HttpClient.newHttpClient();

    ClosedServiceTests(ApplicationContext context, Environment environment, @LocalServerPort int port) {
        this.context = context;
        this.environment = environment;
        this.base = "http://127.0.0.1:" + port;
    }

    @DynamicPropertySource
    static void configure(DynamicPropertyRegistry properties) {
        ISSUER.start();
        properties.add("tenancy.security.jwt.issuer", ClosedServiceTests::issuer);
        properties.add("tenancy.security.jwt.audience", () -> "misy-tenancy");
        properties.add("tenancy.security.jwt.scope-claim", () -> "roles");
        properties.add("tenancy.security.jwt.scopes[tenancy:keys]", () -> "apikeys:write,platform:metrics");
    }

    @Test
    void startsWithoutTheIssuerAndTakesItsTokensOnceItIsThere() throws Exception {
        var key = new ECKeyGenerator(Curve.P_256).keyID("k").generate();
        ISSUER.stubFor(
                get("/.well-known/openid-configuration").willReturn(aResponse().withStatus(503)));
        var away = send("/api/v1/api-keys", token(key, "tenancy:keys"));
        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(away.body()).contains("\"code\":\"issuer_unavailable\"");
        assertThat(away.headers().firstValueAsLong("Retry-After")).isPresent();

        ISSUER.stubFor(get("/.well-known/openid-configuration")
                .willReturn(okJson("{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(issuer(), issuer()))));
        ISSUER.stubFor(get("/keys").willReturn(okJson(new JWKSet(key.toPublicJWK()).toString())));
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        send("/api/v1/api-keys", token(key, "tenancy:keys")).statusCode() == 200);

        assertThat(send("/api/v1/api-keys", token(key, "tenants:read")).statusCode())
                .as("a word that is not mapped")
                .isEqualTo(403);
        assertThat(send(
                                "/api/v1/api-keys",
                                token(new ECKeyGenerator(Curve.P_256).keyID("k").generate(), "tenancy:keys"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send("/api/v1/api-keys", TestKeys.operator(context)).statusCode())
                .isEqualTo(200);

        var made = http.send(
                HttpRequest.newBuilder(URI.create(base + "/api/v1/api-keys"))
                        .header("Authorization", "Bearer " + token(key, "tenancy:keys"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(
                                "{\"name\":\"x\",\"kind\":\"SERVICE\",\"scopes\":[\"platform:metrics\"]}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.body()).contains("\"createdBy\":\"operator:jwt:");
    }

    @Test
    void showsTheApiPageToCallersOnly() throws Exception {
        for (var path : List.of("/v3/api-docs", "/v3/%61pi-docs", "/%763/api-docs", "/swagger-ui/index.html")) {
            assertThat(send(path, null).statusCode()).as(path).isEqualTo(401);
        }
        assertThat(send("/v3/api-docs", TestKeys.service(context, "tenants:read"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void writesItsLogInJsonWithActorTenantAndTrace() throws Exception {
        var api = Api.operator(context);
        var slug = Api.freeSlug();
        api.post("/tenants", Api.tenant(slug));
        var line = logged(() -> api.send("POST", "/tenants/" + slug + "/resume", null));

        assertThat(line.path("message").asString()).endsWith("409 illegal_transition");
        assertThat(line.path("actor").asString()).startsWith("operator:");
        assertThat(line.path("tenant").asString()).isEqualTo(slug);
        assertThat(line.path("traceId").asString()).matches("[0-9a-f]{32}");
    }

    @Test
    void writesNoKeyInItsLog() throws Exception {
        var key = TestKeys.operator(context, "tenants:read");
        var line = logged(() -> send("/api/v1/api-keys", key));

        assertThat(line.path("message").asString()).endsWith("403 forbidden");
        assertThat(line.toString()).doesNotContain(key);
    }

    /** The one problem that a request makes, as it stands in the log of this profile. */
    private JsonNode logged(Callable<?> request) throws Exception {
        try (var lines = LogLines.of("com.misybot.tenancy.problems")) {
            request.call();
            // The log is set up once a JVM, here by another test: the line is made with the format of this profile
            var encoder = new StructuredLogEncoder();
            encoder.setContext((LoggerContext) LoggerFactory.getILoggerFactory());
            encoder.setFormat(environment.getRequiredProperty("logging.structured.format.console"));
            encoder.start();
            assertThat(lines.with("")).hasSize(1);
            return JsonMapper.shared().readTree(encoder.encode(lines.with("").getFirst()));
        }
    }

    private static String issuer() {
        return "http://localhost:" + ISSUER.port();
    }

    private static String token(ECKey key, String role) throws Exception {
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject("anna")
                .audience("misy-tenancy")
                .claim("roles", List.of(role))
                .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                .build();
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
        jwt.sign(new ECDSASigner(key));
        return jwt.serialize();
    }

    private HttpResponse<String> send(String path, @Nullable String credential)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(base + path));
        if (credential != null) {
            request.header("Authorization", "Bearer " + credential);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
