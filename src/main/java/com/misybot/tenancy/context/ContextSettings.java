package com.misybot.tenancy.context;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What is kept in the process.
 *
 * @param cache about how much memory contexts may take, each at most for a second
 * @param sites how many sites are remembered with the tenant they belong to
 */
@ConfigurationProperties("tenancy.context")
record ContextSettings(
        @DefaultValue("64MB") DataSize cache,
        @DefaultValue("200000") int sites) {}
