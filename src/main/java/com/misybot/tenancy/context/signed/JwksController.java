package com.misybot.tenancy.context.signed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.misybot.tenancy.keyring.SigningKey;
import com.misybot.tenancy.keyring.SigningKeys;
import com.misybot.tenancy.web.Access;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The public keys that signed contexts are verified with (RFC 7517). Stands outside of the API, where verifiers look. */
@RestController
class JwksController {

    static final String PATH = "/.well-known/jwks.json";

    private static final String KEY_SET = "application/jwk-set+json";
    private static final Duration KEPT = Duration.ofMinutes(5);

    private final SigningKeys keys;

    JwksController(SigningKeys keys) {
        this.keys = keys;
    }

    /** A public key (RFC 8037, section 2). */
    record Jwk(String kty, String crv, String x, String kid, String use, String alg) {

        static Jwk of(SigningKey key) {
            return new Jwk("OKP", "Ed25519", key.publicKey(), key.keyId(), "sig", "EdDSA");
        }
    }

    /** Those that verify now, the present one and its successor among them. */
    record JwkSet(List<Jwk> keys) {}

    @Access(callers = Access.Kind.PUBLIC)
    @GetMapping(
            path = PATH,
            produces = {MediaType.APPLICATION_JSON_VALUE, KEY_SET})
    ResponseEntity<JwkSet> read() {
        var published = keys.published();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(KEPT).cachePublic())
                .eTag(tag(published))
                .body(new JwkSet(published.stream().map(Jwk::of).toList()));
    }

    /** A key id is the thumbprint of its key, so that the ids say all there is to say. */
    private static String tag(List<SigningKey> published) {
        try {
            var ids = published.stream().map(SigningKey::keyId).collect(Collectors.joining(" "));
            var hash = MessageDigest.getInstance("SHA-256").digest(ids.getBytes(US_ASCII));
            return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(hash) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
