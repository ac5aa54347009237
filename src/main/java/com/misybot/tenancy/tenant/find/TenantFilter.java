package com.misybot.tenancy.tenant.find;

import com.misybot.tenancy.kernel.HostName;
import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.tenant.TenantStatus;
import com.misybot.tenancy.tenant.profile.CountryCode;
import com.misybot.tenancy.tenant.profile.ExternalId;
import com.misybot.tenancy.tenant.profile.PlanId;
import com.misybot.tenancy.tenant.profile.Region;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tenants are looked for: those that meet every condition given. A purged one is never among them.
 *
 * @param statuses any of these; empty for all
 * @param plan its plan
 * @param region its region
 * @param country its country
 * @param labels all of these
 * @param created when it was registered
 * @param updated when it was last changed
 * @param siteId its public key
 * @param domain a host of one of its allowed origins
 * @param externalId its name in an older system, in any spelling of it
 */
public record TenantFilter(
        Set<TenantStatus> statuses,
        @Nullable PlanId plan,
        @Nullable Region region,
        @Nullable CountryCode country,
        List<Label> labels,
        Range created,
        Range updated,
        @Nullable SiteId siteId,
        @Nullable HostName domain,
        @Nullable ExternalId externalId) {

    /** Every tenant. */
    public static final TenantFilter ALL =
            new TenantFilter(Set.of(), null, null, null, List.of(), Range.EVER, Range.EVER, null, null, null);

    public TenantFilter {
        statuses = Set.copyOf(statuses);
        labels = List.copyOf(labels);
    }

    /** A label and the value it must have. */
    public record Label(String key, String value) {}

    /** A time, half open: {@code from} belongs to it, {@code to} does not. */
    public record Range(@Nullable Instant from, @Nullable Instant to) {

        /** All of time. */
        public static final Range EVER = new Range(null, null);
    }
}
