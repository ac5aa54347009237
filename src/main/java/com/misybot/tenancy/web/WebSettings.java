package com.misybot.tenancy.web;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The HTTP face of the service.
 *
 * @param corsOrigins origins of admin frontends that browsers may call the API from, such as {@code https://admin.example.com};
 *     none by default
 * @param trustedProxies networks (CIDR) whose {@code X-Forwarded-For} is believed; none by default
 */
@ConfigurationProperties("tenancy.web")
public record WebSettings(
        @DefaultValue List<String> corsOrigins,
        @DefaultValue List<String> trustedProxies) {}
