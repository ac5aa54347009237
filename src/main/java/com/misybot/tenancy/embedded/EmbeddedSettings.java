package com.misybot.tenancy.embedded;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The engines that run where no store is configured.
 *
 * @param enabled whether an engine is started at all; without, every store must be configured
 * @param dataDir the directory that holds the data of the engines, their passwords and the root secret; services on one
 *     machine with the same directory share the engines
 * @param durable whether the data outlives the service; tests say no, and then nothing is forced to the disk and the
 *     next start begins empty
 */
@ConfigurationProperties("tenancy.embedded")
record EmbeddedSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("./data") Path dataDir,
        @DefaultValue("true") boolean durable) {}
