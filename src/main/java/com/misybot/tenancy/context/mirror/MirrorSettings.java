package com.misybot.tenancy.context.mirror;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the mirror in Redis is kept.
 *
 * @param repairInterval how often each instance looks for contexts that Redis does not have yet
 * @param driftInterval how often each instance compares all of them
 */
@ConfigurationProperties("tenancy.context.mirror")
record MirrorSettings(
        @DefaultValue("1s") Duration repairInterval,
        @DefaultValue("10m") Duration driftInterval) {}
