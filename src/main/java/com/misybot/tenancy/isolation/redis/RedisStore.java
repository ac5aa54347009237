package com.misybot.tenancy.isolation.redis;

import com.misybot.tenancy.kernel.RedisKeys;
import com.misybot.tenancy.lifecycle.TenantStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What a tenant has in Redis. Redis knows no list of it: all keys are looked through, and after {@link #LONGEST} the answer says that
 * it does not know.
 */
@Component
class RedisStore implements TenantStore {

    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final AdminRedis redis;
    private final RedisNamespaces namespaces;

    RedisStore(AdminRedis redis, RedisNamespaces namespaces) {
        this.redis = redis;
        this.namespaces = namespaces;
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public Holding holding(UUID tenant) {
        if (!redis.isConfigured()) {
            throw NamespaceProblem.off();
        }
        var user = new TenantUser(tenant);
        var access = new HashMap<String, String>();
        access.put("keyPrefix", user.prefix());
        access.put("channelPrefix", user.prefix());
        var username = namespaces.username(tenant);
        if (username != null) {
            access.put("username", username);
        }
        return new Holding(access, parts(tenant));
    }

    private static final class Tally {
        private long items;
        private long bytes;
    }

    private List<Part> parts(UUID tenant) {
        var prefix = RedisKeys.prefix(tenant);
        var tallies = new TreeMap<String, Tally>();
        var end = System.nanoTime() + LONGEST.toNanos();
        var all = true;
        for (var node : redis.nodes()) {
            if (node.master()) {
                all &= node.scan(prefix + "*", keys -> {
                    for (var key : keys) {
                        var tally = tallies.computeIfAbsent(kind(key, prefix), _ -> new Tally());
                        tally.items++;
                        tally.bytes += node.bytes(key);
                    }
                    return System.nanoTime() < end;
                });
            }
        }
        var parts = new ArrayList<Part>();
        var complete = all;
        tallies.forEach((kind, tally) -> parts.add(
                complete ? new Part(kind, tally.items, tally.bytes) : new Part(kind, Part.UNKNOWN, Part.UNKNOWN)));
        return parts;
    }

    /** The first word after the tenant: {@code context}, {@code session}, {@code app}. */
    private static String kind(String key, String prefix) {
        var end = key.indexOf(':', prefix.length());
        return key.substring(prefix.length(), end < 0 ? key.length() : end);
    }
}
