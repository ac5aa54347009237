package com.misybot.tenancy.context;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import com.misybot.tenancy.context.mirror.Mirror;
import com.misybot.tenancy.context.redis.RedisAwayException;
import com.misybot.tenancy.context.redis.RedisDoor;
import com.misybot.tenancy.kernel.BriefCache;
import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.tenant.ServedTenant;
import com.misybot.tenancy.tenant.ServedTenants;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Tenants as they are now, or were at most a second ago: in the process, then in Redis, then in PostgreSQL. A version that is
 * known to be over is not taken from Redis; that a site is unknown, only PostgreSQL can say.
 */
@Component
public class KnownTenants {

    /** Longer than anything is kept here, and than Redis may lag behind unnoticed by a repair. */
    private static final Duration FLOOR_KEPT = Duration.ofSeconds(10);

    private static final int FLOORS = 100_000;
    private static final long UNKNOWN_SITES = 100_000;

    private final Ticker ticker;
    private final Mirror mirror;
    private final RedisDoor redis;
    private final ContextJson json;
    private final BriefCache<UUID, KnownTenant> tenants;
    private final Cache<String, UUID> sites;
    private final BriefCache<SiteId, UUID> looked;
    private final Cache<UUID, Long> floors = Caffeine.newBuilder()
            .maximumSize(FLOORS)
            .expireAfterWrite(FLOOR_KEPT)
            .build();
    private final BatchedLookup<UUID, ServedTenant> byId;
    private final BatchedLookup<SiteId, ServedTenant> bySite;

    @Autowired
    KnownTenants(Mirror mirror, RedisDoor redis, ServedTenants served, ContextJson json, ContextSettings settings) {
        this(mirror, redis, served, json, settings, Ticker.systemTicker());
    }

    /** As another instance with a clock of its own knows them. */
    KnownTenants(
            Mirror mirror,
            RedisDoor redis,
            ServedTenants served,
            ContextJson json,
            ContextSettings settings,
            Ticker ticker) {
        this.ticker = ticker;
        this.mirror = mirror;
        this.redis = redis;
        this.json = json;
        this.tenants = new BriefCache<>(
                settings.cache().toBytes(), (_, tenant) -> tenant == null ? 200 : tenant.weight(), ticker);
        this.sites = Caffeine.newBuilder().maximumSize(settings.sites()).build();
        this.looked = new BriefCache<>(UNKNOWN_SITES, (_, _) -> 1, ticker);
        this.byId = new BatchedLookup<>(ids -> byKey(served.byId(ids), ServedTenant::id));
        this.bySite = new BatchedLookup<>(keys -> byKey(served.bySite(keys), ServedTenant::siteId));
    }

    private static <K> java.util.Map<K, ServedTenant> byKey(List<ServedTenant> found, Function<ServedTenant, K> key) {
        return found.stream().collect(Collectors.toMap(key, Function.identity()));
    }

    /** The tenant with this UUID; null where there is none. */
    public @Nullable KnownTenant byId(UUID id) {
        return tenants.get(id, this::load);
    }

    /** The tenant of a site; null where there is none. */
    @Nullable
    KnownTenant bySite(SiteId site) {
        var known = sites.getIfPresent(site.value());
        var id = known != null ? known : looked.get(site, this::locate);
        var tenant = id == null ? null : byId(id);
        if (tenant == null || !tenant.siteId().equals(site)) {
            return null;
        }
        if (known == null) {
            sites.put(site.value(), tenant.id());
        }
        return tenant;
    }

    /** This is how a tenant is now: nothing older is believed any more. */
    void changed(ServedTenant now) {
        outdated(now.id(), now.contextVersion());
    }

    /** A tenant has changed in a way that is not known yet. */
    void forget(UUID id) {
        tenants.forget(id);
    }

    /** Nothing before this version of a tenant's context is believed any more. */
    void outdated(UUID id, long version) {
        floors.asMap().merge(id, version, Math::max);
        tenants.forgetIf(id, tenant -> tenant.version() < version);
    }

    private @Nullable KnownTenant load(UUID id) {
        var mirrored = mirrored(id);
        if (mirrored != null) {
            return KnownTenant.of(mirrored, json);
        }
        return found(byId.find(id));
    }

    private @Nullable ServedTenant mirrored(UUID id) {
        if (!redis.isOpen()) {
            return null;
        }
        try {
            var context = mirror.read(id);
            var floor = floors.getIfPresent(id);
            return context == null || (floor != null && context.contextVersion() < floor) ? null : context;
        } catch (RedisAwayException _) {
            return null;
        }
    }

    private @Nullable UUID locate(SiteId site) {
        var began = ticker.read();
        var claimed = claimed(site);
        if (claimed != null) {
            var tenant = byId(claimed);
            if (tenant != null && tenant.siteId().equals(site)) {
                return claimed;
            }
            mirror.disown(site, claimed);
        }
        var known = found(bySite.find(site));
        if (known == null) {
            return null;
        }
        tenants.put(known.id(), known, began);
        return known.id();
    }

    private @Nullable UUID claimed(SiteId site) {
        if (!redis.isOpen()) {
            return null;
        }
        try {
            return mirror.tenantOf(site);
        } catch (RedisAwayException _) {
            return null;
        }
    }

    /** What PostgreSQL knows and Redis did not. */
    private @Nullable KnownTenant found(@Nullable ServedTenant tenant) {
        if (tenant == null) {
            return null;
        }
        mirror.writeSoon(tenant);
        return KnownTenant.of(tenant, json);
    }
}
