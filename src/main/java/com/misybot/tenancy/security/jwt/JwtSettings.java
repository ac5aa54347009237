package com.misybot.tenancy.security.jwt;

import com.misybot.tenancy.security.access.AccessScope;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The issuer whose tokens operators may come with. Without an issuer no JWT is accepted.
 *
 * @param issuer the issuer's URL, exactly as it stands in {@code iss}; its keys are found by OIDC discovery below it. Must be
 *     {@code https}, or {@code http} on this machine
 * @param audience what {@code aud} must hold; required with an issuer
 * @param scopeClaim the claim that is looked at for scopes: a text of words, or a list; a dot leads into an object, as in
 *     {@code realm_access.roles}
 * @param scopes what each value of that claim allows; other values allow nothing
 * @param clockSkew how far the issuer's clock may be off
 */
@ConfigurationProperties("tenancy.security.jwt")
public record JwtSettings(
        @Nullable URI issuer,
        @Nullable String audience,
        @DefaultValue("scope") String scopeClaim,
        @DefaultValue Map<String, Set<AccessScope>> scopes,
        @DefaultValue("10s") Duration clockSkew) {

    public JwtSettings {
        if (issuer != null) {
            if (audience == null || audience.isBlank()) {
                throw new IllegalArgumentException("Tokens of an issuer need an audience, else those made for other"
                        + " services would be accepted: set tenancy.security.jwt.audience.");
            }
            if (!isTrustworthy(issuer)) {
                throw new IllegalArgumentException(
                        "The issuer's keys must not come over an open line: tenancy.security.jwt.issuer must begin with https.");
            }
        }
        scopes = Map.copyOf(scopes);
    }

    static boolean isTrustworthy(URI address) {
        return "https".equals(address.getScheme())
                || ("http".equals(address.getScheme())
                        && Set.of("localhost", "127.0.0.1", "[::1]").contains(String.valueOf(address.getHost())));
    }
}
