package com.misybot.tenancy.tenant;

import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.kernel.TenantId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What serving a request of a tenant's site needs to know about the tenant, plan and overrides taken into account.
 *
 * @param id its UUID
 * @param tenantId its slug
 * @param siteId the public key of its site
 * @param status where it is in its life; never PURGED
 * @param plan what it gets
 * @param region where its data lives
 * @param origins which pages may talk for it, canonical, in the order of who set them
 * @param permissions its own and those of its plan, sorted
 * @param locale its language, if it said
 * @param timeZone its time zone, if it said
 * @param limits of its plan, with what it overrides laid over them
 * @param labels the platform's own words about it
 * @param contextVersion raised by every change to any of this
 * @param sessionEpoch raised by whatever ends all its sessions
 */
public record ServedTenant(
        UUID id,
        TenantId tenantId,
        SiteId siteId,
        TenantStatus status,
        String plan,
        String region,
        List<String> origins,
        List<String> permissions,
        @Nullable String locale,
        @Nullable String timeZone,
        Limits limits,
        Map<String, String> labels,
        long contextVersion,
        long sessionEpoch) {

    public ServedTenant {
        origins = List.copyOf(origins);
        permissions = List.copyOf(permissions);
        labels = Map.copyOf(labels);
    }
}
