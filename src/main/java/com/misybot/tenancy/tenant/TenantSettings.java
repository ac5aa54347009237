package com.misybot.tenancy.tenant;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What tenants may be given.
 *
 * @param regions where data may live; the first is the default
 * @param permissions the catalogue of permissions a tenant can have
 * @param reservedNames words that are no tenantId, besides those the API itself uses
 * @param purgeAfter how long a deleted tenant can be restored where the caller does not say; 24 hours to 365 days
 * @param expiryWarnings how long before its {@code activeUntil} a tenant is told as expiring, once each; at most ten, up to 365 days
 * @param localhostOrigins whether {@code http://localhost} with any port may be an allowed origin, for development
 */
@ConfigurationProperties("tenancy.tenant")
public record TenantSettings(
        @DefaultValue({"eu-central", "us-east"}) List<String> regions,

        @DefaultValue({
            "chat.reply",
            "chat.handover",
            "knowledge.read",
            "knowledge.write",
            "analytics.read",
            "billing.read",
            "webhooks.manage",
            "documents.use"
        })
        Set<String> permissions,

        @DefaultValue({"admin", "api", "misy", "misybot", "platform", "system", "support", "www"})
        Set<String> reservedNames,

        @DefaultValue("30d") Duration purgeAfter,

        @DefaultValue({"14d", "3d", "1d"}) List<Duration> expiryWarnings,

        @DefaultValue("false") boolean localhostOrigins) {

    /** The shortest time a deleted tenant can be restored. */
    public static final Duration SHORTEST_PURGE = Duration.ofHours(24);

    /** The longest. */
    public static final Duration LONGEST_PURGE = Duration.ofDays(365);

    private static final Duration LONGEST_WARNING = Duration.ofDays(365);
    private static final int MOST_WARNINGS = 10;

    public TenantSettings {
        if (regions.isEmpty()) {
            throw new IllegalArgumentException("tenancy.tenant.regions must name at least one region");
        }
        if (purgeAfter.compareTo(SHORTEST_PURGE) < 0 || purgeAfter.compareTo(LONGEST_PURGE) > 0) {
            throw new IllegalArgumentException("tenancy.tenant.purge-after must be from 24 hours to 365 days");
        }
        if (expiryWarnings.size() > MOST_WARNINGS
                || expiryWarnings.stream()
                        .anyMatch(period -> period.toSeconds() < 1 || period.compareTo(LONGEST_WARNING) > 0)) {
            throw new IllegalArgumentException(
                    "tenancy.tenant.expiry-warnings must be at most ten times from 1 second to 365 days");
        }
        expiryWarnings = List.copyOf(expiryWarnings);
        regions = List.copyOf(regions);
        permissions = Set.copyOf(permissions);
        reservedNames = Set.copyOf(reservedNames);
    }
}
