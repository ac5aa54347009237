package com.misybot.tenancy.keyring;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long signing keys live. Others read the published keys and keep them for up to five minutes, so a key is published
 * well before it signs and well after.
 *
 * @param lifetime how long a key signs, a day at least
 * @param publishAhead how long a key is published before it signs, ten minutes at least and half of the lifetime at most
 * @param keep how long a key is published after it has signed for the last time, ten minutes at least
 */
@ConfigurationProperties("tenancy.keyring.signing")
record SigningSettings(
        @DefaultValue("P30D") Duration lifetime,
        @DefaultValue("PT1H") Duration publishAhead,
        @DefaultValue("PT24H") Duration keep) {

    private static final Duration CACHED_ELSEWHERE = Duration.ofMinutes(10);

    SigningSettings {
        if (lifetime.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException(
                    "A signing key signs for a day at least: set tenancy.keyring.signing.lifetime to P1D or more.");
        }
        if (publishAhead.compareTo(CACHED_ELSEWHERE) < 0
                || publishAhead.multipliedBy(2).compareTo(lifetime) > 0) {
            throw new IllegalArgumentException(
                    "Others keep the published keys for a while: set"
                            + " tenancy.keyring.signing.publish-ahead to PT10M or more, and to no more than half of the lifetime.");
        }
        if (keep.compareTo(CACHED_ELSEWHERE) < 0) {
            throw new IllegalArgumentException("What was signed last must be verified still: set"
                    + " tenancy.keyring.signing.keep to PT10M or more.");
        }
    }
}
