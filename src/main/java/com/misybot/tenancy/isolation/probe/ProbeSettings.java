package com.misybot.tenancy.isolation.probe;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The probe of isolation.
 *
 * @param every how long after its last run it runs by itself; the first run comes as long after the start
 */
@ConfigurationProperties("tenancy.isolation.probe")
record ProbeSettings(@DefaultValue("1h") Duration every) {}
