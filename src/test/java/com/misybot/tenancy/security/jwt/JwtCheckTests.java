package com.misybot.tenancy.security.jwt;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.security.access.AccessScope;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JwtCheckTests {

    private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
    private static final String AUDIENCE = "misy-tenancy";
    private static final String DISCOVERY = "/realm/.well-known/openid-configuration";

    private static RSAKey rsa;
    private static RSAKey next;
    private static ECKey ec;

    @RegisterExtension
    static final WireMockExtension ISSUER = WireMockExtension.newInstance().build();

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);

    private JwtCheck check;

    @BeforeAll
    static void makeKeys() throws JOSEException {
        rsa = new RSAKeyGenerator(2048).keyID("one").generate();
        next = new RSAKeyGenerator(2048).keyID("two").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("curve").generate();
    }

    @BeforeEach
    void configure() {
        now.set(NOW);
        discover();
        publish(rsa, ec);
        check = check(settings(issuer()));
    }

    private static void discover() {
        ISSUER.stubFor(get(DISCOVERY)
                .willReturn(okJson("{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(issuer(), issuer()))));
    }

    @Test
    void acceptsATokenOfTheIssuerAndMapsItsClaims() throws JOSEException {
        assertThat(check.check(rsa(claims().build()))).hasValueSatisfying(accepted -> {
            assertThat(accepted.caller().actor().kind()).isEqualTo(Actor.Kind.OPERATOR);
            assertThat(accepted.caller().actor().id()).matches("jwt:[0-9A-Za-z]{22}");
            assertThat(accepted.caller().scopes()).containsExactlyInAnyOrder("tenants:read", "tenants:write");
            assertThat(accepted.caller().reach().isAll()).isTrue();
            assertThat(accepted.timeLeft()).isEqualTo(Duration.ofSeconds(310));
        });
    }

    @Test
    void givesNothingForWordsThatAreNotMapped() throws JOSEException {
        var token = rsa(claims().claim("scope", "tenants:read erase OPS").build());

        assertThat(check.check(token))
                .hasValueSatisfying(
                        accepted -> assertThat(accepted.caller().scopes()).isEmpty());
    }

    @Test
    void readsAListInsideOfAnObject() throws JOSEException {
        var roles = check(new JwtSettings(
                issuer(),
                AUDIENCE,
                "realm_access.roles",
                Map.of("admin", Set.of(AccessScope.ERASE)),
                Duration.ofSeconds(10)));
        var token = rsa(claims().claim("realm_access", Map.of("roles", List.of("admin", "user")))
                .build());

        assertThat(roles.check(token))
                .hasValueSatisfying(
                        accepted -> assertThat(accepted.caller().scopes()).containsExactly("erase"));
    }

    @Test
    void acceptsEllipticCurvesAndTheTypeOfAccessTokens() throws JOSEException {
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID("curve")
                .type(new JOSEObjectType("at+jwt"))
                .build();

        assertThat(check.check(signed(header, claims().build(), new ECDSASigner(ec))))
                .isPresent();
    }

    @Test
    void refusesAnotherType() throws JOSEException {
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("one")
                .type(new JOSEObjectType("logout+jwt"))
                .build();

        assertThat(check.check(signed(header, claims().build(), new RSASSASigner(rsa))))
                .isEmpty();
    }

    /** Even where this service itself is configured as the issuer, and one of its keys fits. */
    @Test
    void refusesASignedContext() throws JOSEException {
        for (var type : List.of("misy-context+jwt", "application/misy-context+jwt", "MISY-CONTEXT+JWT")) {
            var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .keyID("one")
                    .type(new JOSEObjectType(type))
                    .build();

            assertThat(check.check(signed(header, claims().build(), new RSASSASigner(rsa))))
                    .as(type)
                    .isEmpty();
        }
    }

    @Test
    void refusesTheAlgorithmOfSignedContexts() throws GeneralSecurityException, JOSEException {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var encoded = pair.getPublic().getEncoded();
        var x = Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        publish(rsa, new OctetKeyPair.Builder(Curve.Ed25519, x).keyID("edwards").build());
        assertThat(check.check(rsa(claims().build()))).as("with the other key").isPresent();
        for (var type : List.of("JWT", "misy-context+jwt")) {
            var header = Base64URL.encode("{\"typ\":\"%s\",\"alg\":\"EdDSA\",\"kid\":\"edwards\"}".formatted(type));
            var text = header + "." + Base64URL.encode(claims().build().toString());
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));

            assertThat(check.check(text + "." + Base64URL.encode(signature.sign())))
                    .as(type)
                    .isEmpty();
        }
    }

    @Test
    void refusesAnUnsignedToken() {
        assertThat(check.check(new PlainJWT(claims().build()).serialize())).isEmpty();
    }

    @Test
    void refusesASharedSecretMadeOfThePublicKey() throws JOSEException {
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build();
        var publicKey = rsa.toRSAPublicKey().getEncoded();

        assertThat(check.check(signed(header, claims().build(), new MACSigner(publicKey))))
                .isEmpty();
    }

    @Test
    void refusesAKeyThatTheTokenBringsAlong() throws JOSEException {
        var stranger = new RSAKeyGenerator(2048).keyID("one").generate();
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .jwk(stranger.toPublicJWK())
                .jwkURL(URI.create("https://attacker.example/keys"))
                .build();

        assertThat(check.check(signed(header, claims().build(), new RSASSASigner(stranger))))
                .isEmpty();
    }

    @Test
    void refusesAnotherAudience() throws JOSEException {
        assertThat(check.check(rsa(claims().audience("billing").build()))).isEmpty();
        assertThat(check.check(rsa(claims().audience((String) null).build()))).isEmpty();
    }

    @Test
    void refusesAForeignIssuerWithoutAskingForKeys() throws JOSEException {
        assertThat(check.check(rsa(claims().issuer("https://other.example").build())))
                .isEmpty();
        ISSUER.verify(0, getRequestedFor(urlEqualTo(DISCOVERY)));
    }

    @Test
    void refusesAnExpiredAndAnEarlyToken() throws JOSEException {
        assertThat(check.check(rsa(claims().expirationTime(in(-11)).build()))).isEmpty();
        assertThat(check.check(rsa(claims().notBeforeTime(in(30)).build()))).isEmpty();
        assertThat(check.check(rsa(claims().expirationTime(null).build()))).isEmpty();
        assertThat(check.check(rsa(claims().expirationTime(in(-9)).build())))
                .as("within the clock skew")
                .isPresent();
    }

    @Test
    void refusesATokenWithoutSubject() throws JOSEException {
        assertThat(check.check(rsa(claims().subject(null).build()))).isEmpty();
    }

    @Test
    void followsTheIssuerToItsNextKey() throws JOSEException {
        assertThat(check.check(rsa(claims().build()))).isPresent();
        publish(next);

        assertThat(check.check(rsa(next, claims().build()))).isPresent();
        assertThat(check.check(rsa(claims().build())))
                .as("signed with the key before")
                .isEmpty();
    }

    @Test
    void doesNotLetUnknownKeysFloodTheIssuer() throws JOSEException {
        for (var i = 0; i < 20; i++) {
            var stranger = new RSAKey.Builder(rsa).keyID("unknown-" + i).build();
            assertThat(check.check(rsa(stranger, claims().build()))).isEmpty();
        }
        assertThat(ISSUER.findAll(getRequestedFor(urlEqualTo("/realm/keys")))).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void saysThatTheIssuerIsAwayAndRecovers() throws JOSEException {
        ISSUER.stubFor(get(DISCOVERY).willReturn(aResponse().withStatus(503)));
        var token = rsa(claims().build());

        assertThatExceptionOfType(IssuerUnavailableException.class).isThrownBy(() -> check.check(token));
        assertThatExceptionOfType(IssuerUnavailableException.class).isThrownBy(() -> check.check(token));
        ISSUER.verify(1, getRequestedFor(urlEqualTo(DISCOVERY)));

        discover();
        now.set(NOW.plusSeconds(2));
        assertThat(check.check(token)).isPresent();
    }

    @Test
    void keepsTheKeysItHasWhileTheIssuerIsAway() throws JOSEException {
        assertThat(check.check(rsa(claims().build()))).isPresent();
        ISSUER.stubFor(get("/realm/keys").willReturn(aResponse().withStatus(500)));

        assertThat(check.check(rsa(next, claims().build()))).isEmpty();
        assertThat(check.check(rsa(claims().build()))).isPresent();
    }

    @Test
    void refusesADiscoveryDocumentOfAnotherIssuer() throws JOSEException {
        ISSUER.stubFor(get(DISCOVERY)
                .willReturn(
                        okJson("{\"issuer\":\"https://other.example\",\"jwks_uri\":\"%s/keys\"}".formatted(issuer()))));
        var token = rsa(claims().build());

        assertThatExceptionOfType(IssuerUnavailableException.class).isThrownBy(() -> check.check(token));
    }

    @Test
    void tellsPrincipalsOfTwoSubjectsApart() throws JOSEException {
        var anna = check.check(rsa(claims().build())).orElseThrow();
        var again = check.check(rsa(claims().jwtID("2").build())).orElseThrow();
        var bert = check.check(rsa(claims().subject("bert").build())).orElseThrow();

        assertThat(again.caller().actor()).isEqualTo(anna.caller().actor());
        assertThat(bert.caller().actor()).isNotEqualTo(anna.caller().actor());
    }

    @Test
    void takesNoTokenWithoutAnIssuer() throws JOSEException {
        var off = check(settings(null));

        assertThat(off.isCandidate(rsa(claims().build()))).isFalse();
    }

    @Test
    void needsAnAudienceAndASafeLineToTheIssuer() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JwtSettings(issuer(), null, "scope", Map.of(), Duration.ZERO))
                .withMessageContaining("tenancy.security.jwt.audience");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(URI.create("http://issuer.example")))
                .withMessageContaining("https");
    }

    private JwtCheck check(JwtSettings settings) {
        return new JwtCheck(settings, new Clock() {
            @Override
            public Instant instant() {
                return now.get();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        });
    }

    private static JwtSettings settings(@Nullable URI issuer) {
        return new JwtSettings(
                issuer,
                AUDIENCE,
                "scope",
                Map.of("ops", Set.of(AccessScope.TENANTS_READ, AccessScope.TENANTS_WRITE)),
                Duration.ofSeconds(10));
    }

    private static URI issuer() {
        return URI.create("http://localhost:" + ISSUER.getPort() + "/realm");
    }

    private static void publish(JWK... keys) {
        var set = new JWKSet(Arrays.stream(keys).map(JWK::toPublicJWK).toList());
        ISSUER.stubFor(get("/realm/keys").willReturn(okJson(set.toString())));
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(issuer().toString())
                .subject("anna")
                .audience(List.of("other", AUDIENCE))
                .claim("scope", "openid ops")
                .expirationTime(in(300));
    }

    private static Date in(long seconds) {
        return Date.from(NOW.plusSeconds(seconds));
    }

    private static String rsa(JWTClaimsSet claims) throws JOSEException {
        return rsa(rsa, claims);
    }

    private static String rsa(RSAKey key, JWTClaimsSet claims) throws JOSEException {
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(key.getKeyID())
                .type(JOSEObjectType.JWT)
                .build();
        return signed(header, claims, new RSASSASigner(key));
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws JOSEException {
        var jwt = new SignedJWT(header, claims);
        jwt.sign(signer);
        return jwt.serialize();
    }
}
