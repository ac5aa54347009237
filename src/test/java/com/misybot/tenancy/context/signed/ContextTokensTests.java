package com.misybot.tenancy.context.signed;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.Audience;
import com.misybot.tenancy.kernel.Origin;
import com.misybot.tenancy.keyring.Verification;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Verified as another service would: with the published keys and the JDK alone. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class ContextTokensTests {

    private static final UUID TENANT = UUID.fromString("01a208d5-a61a-7335-9d2a-e42fa81105b8");
    private static final Origin ORIGIN = Origin.of("https://www.acme-dental.example");
    private static final Audience GATEWAY = new Audience("https://chat.misybot.com");

    private final ContextTokens tokens;
    private final ApplicationContext context;
    private final int port;

    ContextTokensTests(ContextTokens tokens, ApplicationContext context, @LocalServerPort int port) {
        this.tokens = tokens;
        this.context = context;
        this.port = port;
    }

    @Test
    void aServiceVerifiesWithThePublishedKeys() throws IOException, InterruptedException {
        var token = tokens.issue(acme(), GATEWAY);

        assertThat(verifies(token)).isTrue();
    }

    @Test
    void saysWhoForWhomAndForHowLong() {
        var before = Instant.now().getEpochSecond();
        var token = tokens.issue(acme(), GATEWAY);

        var header = part(token, 0);
        assertThat(header.propertyNames()).containsExactly("typ", "alg", "kid");
        assertThat(header.path("typ").asString()).isEqualTo("misy-context+jwt");
        assertThat(header.path("alg").asString()).isEqualTo("EdDSA");
        var claims = part(token, 1);
        assertThat(claims.path("iss").asString()).isEqualTo("https://tenancy.misybot.com");
        assertThat(claims.path("sub").asString()).isEqualTo(TENANT.toString());
        assertThat(claims.path("aud").asString()).isEqualTo("https://chat.misybot.com");
        assertThat(claims.path("origin").asString()).isEqualTo("https://www.acme-dental.example");
        assertThat(claims.path("ctx_version").asLong()).isEqualTo(7);
        assertThat(claims.path("iat").asLong()).isBetween(before, before + 5);
        assertThat(claims.path("exp").asLong()).isEqualTo(claims.path("iat").asLong() + 60);
        assertThat(claims.path("jti").asString()).matches("[A-Za-z0-9_-]{22}");
        assertThat(claims.path("tenantId").asString()).isEqualTo("acme-dental");
        assertThat(claims.path("permissions").toString()).isEqualTo("[\"chat.reply\"]");
    }

    @Test
    void drawsAnIdEachTime() {
        var ids = new HashSet<String>();
        for (var i = 0; i < 1_000; i++) {
            ids.add(part(tokens.issue(acme(), GATEWAY), 1).path("jti").asString());
        }

        assertThat(ids).hasSize(1_000);
    }

    @Test
    void doesNotVerifyWhereAnythingWasChanged() throws IOException, InterruptedException {
        var token = tokens.issue(acme(), GATEWAY);
        var parts = token.split("\\.", -1);
        var claims = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);
        var other = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims.replace("acme-dental", "evil-dental").getBytes(UTF_8));

        assertThat(verifies(parts[0] + "." + other + "." + parts[2])).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "origin", "ctx_version"})
    void aContextOverridesNoClaim(String claim) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Subject(TENANT, ORIGIN, 1, Map.of(claim, "mine")));
    }

    @Test
    void isNoCredentialOfThisService() {
        var answer = Api.with(context, tokens.issue(acme(), GATEWAY)).get("/tenants");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("/code")).isEqualTo("unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://tenancy.misybot.com",
                "https://tenancy.misybot.com/",
                "https://tenancy.misybot.com?a=b",
                "https://a@tenancy.misybot.com",
                "tenancy.misybot.com",
                "ftp://localhost"
            })
    void anIssuerIsASafeAddress(String issuer) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SignedContextSettings(URI.create(issuer)))
                .withMessageContaining("tenancy.context.signed.issuer");
    }

    private static Subject acme() {
        var members = new LinkedHashMap<String, Object>();
        members.put("tenantId", "acme-dental");
        members.put("siteId", "site_Hg8yLeu1nv4Stk0suZEL");
        members.put("status", "ACTIVE");
        members.put("plan", "standard");
        members.put("region", "eu-central");
        members.put("permissions", List.of("chat.reply"));
        members.put("locale", "de-DE");
        members.put("timeZone", "Europe/Berlin");
        return new Subject(TENANT, ORIGIN, 7, members);
    }

    private boolean verifies(String token) throws IOException, InterruptedException {
        var jwks = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + JwksController.PATH))
                                .build(),
                        BodyHandlers.ofString());
        var parts = token.split("\\.", -1);
        var kid = part(token, 0).path("kid").asString();
        return JsonMapper.shared()
                .readTree(jwks.body())
                .path("keys")
                .valueStream()
                .filter(key -> key.path("kid").asString().equals(kid))
                .anyMatch(key -> Verification.verifies(
                        key.path("x").asString(),
                        (parts[0] + "." + parts[1]).getBytes(US_ASCII),
                        Base64.getUrlDecoder().decode(parts[2])));
    }

    private static JsonNode part(String token, int number) {
        return JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[number]));
    }
}
