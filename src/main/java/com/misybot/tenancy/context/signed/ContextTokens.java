package com.misybot.tenancy.context.signed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.misybot.tenancy.kernel.Audience;
import com.misybot.tenancy.keyring.SigningKey;
import com.misybot.tenancy.keyring.SigningKeys;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes signed contexts: compact JWS (RFC 7515) with EdDSA over Ed25519 (RFC 8037). Written by hand, because there is one form
 * and it is written thousands of times a second.
 *
 * <p>Their type is {@link #TYPE}, so that neither this service nor another takes one for a token of something else (RFC 8725,
 * section 3.11).
 */
@Component
public class ContextTokens {

    /** The {@code typ} of the header. */
    public static final String TYPE = "misy-context+jwt";

    /** The media type a caller asks for to get one. */
    public static final String MEDIA_TYPE = "application/jwt";

    /** How long one is good. */
    public static final Duration LIFETIME = Duration.ofSeconds(60);

    private static final int ID_BYTES = 16;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final SigningKeys keys;
    private final String issuer;
    private final JsonMapper json;
    private final SecureRandom random;
    private final Clock clock;
    private volatile @Nullable Header header;

    ContextTokens(SigningKeys keys, SignedContextSettings settings, JsonMapper json, SecureRandom random, Clock clock) {
        this.keys = keys;
        this.issuer = settings.issuer().toString();
        this.json = json;
        this.random = random;
        this.clock = clock;
    }

    /** The header of every token of one key, encoded. */
    private record Header(String keyId, String encoded) {

        static Header of(SigningKey key) {
            var text = "{\"typ\":\"" + TYPE + "\",\"alg\":\"EdDSA\",\"kid\":\"" + key.keyId() + "\"}";
            return new Header(key.keyId(), BASE64.encodeToString(text.getBytes(US_ASCII)));
        }
    }

    /**
     * Signs a context for one audience, good from now on for {@link #LIFETIME}.
     *
     * @param audience one that the caller may ask for, see {@link com.misybot.tenancy.kernel.Caller#mayAddress}
     */
    public String issue(Subject subject, Audience audience) {
        var key = keys.current();
        var signed = header(key).encoded() + '.' + BASE64.encodeToString(claims(subject, audience));
        return signed + '.' + BASE64.encodeToString(key.sign(signed.getBytes(US_ASCII)));
    }

    private Header header(SigningKey key) {
        var known = header;
        if (known == null || !known.keyId().equals(key.keyId())) {
            known = Header.of(key);
            header = known;
        }
        return known;
    }

    private byte[] claims(Subject subject, Audience audience) {
        var now = clock.instant().getEpochSecond();
        var claims = new LinkedHashMap<String, @Nullable Object>();
        claims.put("iss", issuer);
        claims.put("sub", subject.tenant().toString());
        claims.put("aud", audience.value());
        claims.put("iat", now);
        claims.put("exp", now + LIFETIME.toSeconds());
        claims.put("jti", newId());
        claims.put("origin", subject.origin());
        claims.put("ctx_version", subject.version());
        claims.putAll(subject.context());
        return json.writeValueAsBytes(claims);
    }

    private String newId() {
        var bits = new byte[ID_BYTES];
        random.nextBytes(bits);
        return BASE64.encodeToString(bits);
    }
}
