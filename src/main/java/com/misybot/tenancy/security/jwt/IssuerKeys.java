package com.misybot.tenancy.security.jwt;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of an issuer, found by OIDC Discovery 1.0 when the first token comes, so that this service starts without
 * the issuer. A key id not seen before has the keys read again, twice in ten seconds at most; while the issuer is away the
 * keys it had are good for another hour.
 */
final class IssuerKeys implements JWKSource<SecurityContext> {

    private static final int TIMEOUT = 2_000;
    private static final int LARGEST_ANSWER = 128 * 1024;
    private static final long KEPT = Duration.ofMinutes(5).toMillis();
    private static final long WAIT_FOR_OTHERS = Duration.ofSeconds(5).toMillis();
    private static final long BETWEEN_READS = Duration.ofSeconds(10).toMillis();
    private static final long WITHOUT_ISSUER = Duration.ofHours(1).toMillis();
    private static final Duration BETWEEN_DISCOVERIES = Duration.ofSeconds(2);

    private final URI issuer;
    private final Clock clock;
    private final ResourceRetriever http = new DefaultResourceRetriever(TIMEOUT, TIMEOUT, LARGEST_ANSWER);
    private volatile @Nullable JWKSource<SecurityContext> discovered;
    private Instant nextTry = Instant.EPOCH;

    IssuerKeys(URI issuer, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        var source = discovered;
        return (source == null ? discover() : source).get(selector, context);
    }

    private synchronized JWKSource<SecurityContext> discover() {
        var source = discovered;
        if (source != null) {
            return source;
        }
        if (clock.instant().isBefore(nextTry)) {
            throw new IssuerUnavailableException(null);
        }
        try {
            source = JWKSourceBuilder.<SecurityContext>create(keySet().toURL(), http)
                    .cache(KEPT, WAIT_FOR_OTHERS)
                    .refreshAheadCache(false)
                    .rateLimited(BETWEEN_READS)
                    .outageTolerant(WITHOUT_ISSUER)
                    .build();
            discovered = source;
            return source;
        } catch (IOException | ParseException | IllegalArgumentException e) {
            nextTry = clock.instant().plus(BETWEEN_DISCOVERIES);
            throw new IssuerUnavailableException(e);
        }
    }

    private URI keySet() throws IOException, ParseException {
        var base = issuer.toString();
        var address = (base.endsWith("/") ? base : base + "/") + ".well-known/openid-configuration";
        var document = JSONObjectUtils.parse(
                http.retrieveResource(URI.create(address).toURL()).getContent());
        if (!base.equals(document.get("issuer"))) {
            throw new MalformedURLException("The discovery document is another issuer's");
        }
        var keySet = URI.create(JSONObjectUtils.getString(document, "jwks_uri"));
        if (!JwtSettings.isTrustworthy(keySet)) {
            throw new MalformedURLException("The keys would come over an open line");
        }
        return keySet;
    }
}
