package com.misybot.tenancy.credential.fleet;

import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The public key that new secrets are encrypted to (RFC 7517, RFC 7518 section 6.2.1). Whoever asked keeps the private one; a key
 * that carries {@code d} is refused as a body with an unknown field.
 */
@Schema(
        name = "RecipientKey",
        description = "A public JWK on P-256 without its private part.",
        requiredProperties = {"kty", "crv", "x", "y"})
record RecipientKey(
        @Nullable @Schema(allowableValues = "EC") String kty,
        @Nullable @Schema(allowableValues = "P-256") String crv,

        @Nullable @Schema(pattern = RecipientKey.COORDINATE, maxLength = 43)
        String x,

        @Nullable @Schema(pattern = RecipientKey.COORDINATE, maxLength = 43)
        String y,

        @Nullable @Schema(description = "Repeated in the header of each JWE.", example = "ops-2026", maxLength = 128)
        String kid,

        @Nullable @Schema(allowableValues = "enc") String use,

        @Nullable @Schema(allowableValues = "ECDH-ES+A256KW")
        String alg) {

    static final String COORDINATE = "^[A-Za-z0-9_-]{43}$";

    private static final int MAX_ID = 128;

    /**
     * Refuses what no secret can be encrypted to.
     *
     * @throws ProblemException 400 where it is no point of P-256, or for another use
     */
    void requireGood() {
        requireEqual("kty", kty, "EC", false);
        requireEqual("crv", crv, "P-256", false);
        requireEqual("use", use, "enc", true);
        requireEqual("alg", alg, JWEAlgorithm.ECDH_ES_A256KW.getName(), true);
        if (kid != null && (kid.isEmpty() || kid.length() > MAX_ID)) {
            throw ProblemException.invalid("/recipient/kid", FieldError.LENGTH, "A key id has 1 to 128 characters.");
        }
        if (x == null || y == null || !x.matches(COORDINATE) || !y.matches(COORDINATE)) {
            throw noKey();
        }
        try {
            key();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw noKey();
        }
    }

    /** A compact JWE (ECDH-ES+A256KW, A256GCM) that its recipient alone can read. */
    String encrypt(Map<String, Object> content) {
        try {
            var jwe = new JWEObject(
                    new JWEHeader.Builder(JWEAlgorithm.ECDH_ES_A256KW, EncryptionMethod.A256GCM)
                            .keyID(kid)
                            .contentType("json")
                            .build(),
                    new Payload(content));
            jwe.encrypt(new ECDHEncrypter(key()));
            return jwe.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("A key that was accepted encrypts", e);
        }
    }

    private ECKey key() {
        return new ECKey.Builder(Curve.P_256, new Base64URL(x), new Base64URL(y)).build();
    }

    private static void requireEqual(String name, @Nullable String value, String wanted, boolean optional) {
        if (value == null ? !optional : !value.equals(wanted)) {
            throw ProblemException.invalid("/recipient/" + name, FieldError.ENUM, "This is " + wanted + ".");
        }
    }

    private static ProblemException noKey() {
        return ProblemException.invalid(
                "/recipient", FieldError.FORMAT, "x and y are the coordinates of a point of P-256, in base64url.");
    }
}
