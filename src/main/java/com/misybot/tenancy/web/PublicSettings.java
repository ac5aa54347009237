package com.misybot.tenancy.web;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the service is reached from outside.
 *
 * @param publicUrl scheme, host, port and path under which people reach the service, without a slash at its end; links in mails begin with
 *     it
 */
@ConfigurationProperties("tenancy")
public record PublicSettings(
        @DefaultValue("http://localhost:8080") String publicUrl) {

    public PublicSettings {
        var url = URI.create(publicUrl);
        if (url.getHost() == null
                || !(url.getScheme().equals("https") || url.getScheme().equals("http"))
                || url.getRawQuery() != null
                || url.getRawFragment() != null
                || url.getRawUserInfo() != null
                || publicUrl.endsWith("/")) {
            throw new IllegalArgumentException(
                    "tenancy.public-url reads https://host or https://host:port/path, without a slash at its end");
        }
    }
}
