package com.misybot.tenancy.context.propagation;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is told which tenant a request is for.
 *
 * @param trustedHosts services that are told, each an exact {@code host} (on any port) or {@code host:port}; no wildcards, none by
 *     default
 */
@ConfigurationProperties("tenancy.context")
record PropagationSettings(@DefaultValue List<String> trustedHosts) {}
