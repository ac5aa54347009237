package com.misybot.tenancy.context.signed;

import java.net.URI;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who signs.
 *
 * @param issuer what stands in {@code iss} of signed contexts, the public address of this service: verifiers find the keys at
 *     {@code /.well-known/jwks.json} below it. Must be {@code https}, or {@code http} on this machine, and end without a slash
 */
@ConfigurationProperties("tenancy.context.signed")
record SignedContextSettings(
        @DefaultValue("https://tenancy.misybot.com") URI issuer) {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    SignedContextSettings {
        var host = String.valueOf(issuer.getHost());
        var safe = "https".equals(issuer.getScheme())
                || ("http".equals(issuer.getScheme()) && THIS_MACHINE.contains(host));
        if (!safe
                || issuer.getHost() == null
                || issuer.getUserInfo() != null
                || issuer.getQuery() != null
                || issuer.getFragment() != null
                || issuer.toString().endsWith("/")) {
            throw new IllegalArgumentException(
                    "Verifiers compare the issuer character by character and get its keys from it:"
                            + " set tenancy.context.signed.issuer to an https address without a slash at its end.");
        }
    }
}
