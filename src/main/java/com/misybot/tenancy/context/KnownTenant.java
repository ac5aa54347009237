package com.misybot.tenancy.context;

import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.Limits;
import com.misybot.tenancy.tenant.ServedTenant;
import com.misybot.tenancy.tenant.TenantStatus;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as it is kept in memory to be answered at once. What it shares with other tenants is there once for all of them, as
 * bytes; what is its own is short, and rendered when it is asked for: as bytes it would take a quarter of the memory.
 *
 * @param id its UUID
 * @param tenantId its slug
 * @param siteId its public key
 * @param status where it is in its life
 * @param origins whose pages may talk for it
 * @param shared what many tenants have alike
 * @param labels for callers whose reach depends on them
 * @param version of its context
 * @param sessionEpoch the sessions of earlier epochs are over
 */
public record KnownTenant(
        UUID id,
        TenantId tenantId,
        SiteId siteId,
        TenantStatus status,
        AllowedOrigins origins,
        Shared shared,
        Map<String, String> labels,
        long version,
        long sessionEpoch) {

    /** Bytes of one entry beside the texts: objects of this record, of the cache and of its key. */
    private static final int OVERHEAD = 400;

    /**
     * What many tenants have alike.
     *
     * @param json members of the answer, from the first name to the closing brace
     */
    record Shared(
            String plan,
            String region,
            List<String> permissions,
            @Nullable String locale,
            @Nullable String timeZone,
            Limits limits,
            JsonPart json) {}

    /** What it may use. */
    public Limits limits() {
        return shared.limits();
    }

    /** Whether a caller with this reach may see it at all. */
    public boolean isWithin(Reach reach) {
        return reach.isAll() || reach.covers(tenantId, labels, shared.plan(), shared.region());
    }

    /** The context as other modules and callers get it. */
    public TenantContext context() {
        return new TenantContext(
                id,
                tenantId.value(),
                siteId.value(),
                status,
                version,
                shared.plan(),
                shared.region(),
                shared.permissions(),
                shared.locale(),
                shared.timeZone(),
                shared.limits());
    }

    /** {@link #context()} as JSON. */
    public RenderedContext rendered() {
        return new RenderedContext(ContextJson.own(this), shared.json());
    }

    /** About how many bytes it takes in memory. */
    int weight() {
        return OVERHEAD
                + tenantId.value().length()
                + siteId.value().length()
                + origins.lines().length()
                + labels.size() * 20;
    }

    /** A tenant as it was loaded; {@code json} shares what it has like others. */
    static KnownTenant of(ServedTenant tenant, ContextJson json) {
        return new KnownTenant(
                tenant.id(),
                tenant.tenantId(),
                tenant.siteId(),
                tenant.status(),
                AllowedOrigins.of(tenant.origins()),
                json.shared(tenant),
                json.labels(tenant),
                tenant.contextVersion(),
                tenant.sessionEpoch());
    }
}
