package com.misybot.tenancy.context.mirror;

import com.misybot.tenancy.context.redis.ForeignValues;
import com.misybot.tenancy.context.redis.RedisAwayException;
import com.misybot.tenancy.context.redis.RedisDoor;
import com.misybot.tenancy.context.redis.RedisScript;
import com.misybot.tenancy.kernel.RedisKeys;
import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.tenant.ServedTenant;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisFuture;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Contexts in Redis. The version alone decides which of two is kept; what was not written by this service under its key is
 * deleted and told as a security event.
 */
@Component
public class Mirror {

    private static final RedisScript<Long> WRITE = RedisScript.number(Mirror.class, "write.lua");

    /** What {@link MirrorFormat#FIELDS} of a key of another kind are taken for: no context, but not nothing either. */
    private static final List<KeyValue<String, String>> OF_ANOTHER_KIND =
            List.of(KeyValue.just("version", ""), KeyValue.empty("mac"), KeyValue.empty("value"));

    /** What {@link #WRITE} returns where a key held something of another kind. */
    private static final long REPLACED = 2;

    private final RedisDoor redis;
    private final MirrorFormat format;
    private final ForeignValues foreign;

    Mirror(RedisDoor redis, MirrorFormat format, ForeignValues foreign) {
        this.redis = redis;
        this.format = format;
        this.foreign = foreign;
    }

    /**
     * The mirrored context of a tenant; null where there is none, or none that can be believed.
     *
     * @throws RedisAwayException where Redis does not answer
     */
    public @Nullable ServedTenant read(UUID tenant) {
        return readAll(List.of(tenant)).getFirst();
    }

    private @Nullable ServedTenant believed(UUID tenant, List<KeyValue<String, String>> fields) {
        var version = text(fields.get(0));
        var mac = text(fields.get(1));
        var value = text(fields.get(2));
        if (version == null && mac == null && value == null) {
            return null;
        }
        var context = version == null || mac == null || value == null ? null : format.read(tenant, version, mac, value);
        if (context == null) {
            var key = RedisKeys.context(tenant);
            foreign.found(key, tenant);
            redis.send(commands -> commands.del(key));
        }
        return context;
    }

    /**
     * Which tenant a site belongs to, as a claim; null where Redis does not know.
     *
     * @throws RedisAwayException where Redis does not answer
     */
    public @Nullable UUID tenantOf(SiteId site) {
        var key = RedisKeys.site(site);
        var text = redis.<@Nullable String>callAll(commands -> List.of(commands.get(key)), "")
                .getFirst();
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            disown(site, null);
            return null;
        }
    }

    /** Takes a claim back that was found wrong. */
    public void disown(SiteId site, @Nullable UUID claimed) {
        foreign.found(RedisKeys.site(site), claimed);
        redis.send(commands -> commands.del(RedisKeys.site(site)));
    }

    /**
     * Writes contexts; when this returns, Redis has each at its version or a later one.
     *
     * @throws RedisAwayException where it does not say so in time
     */
    public void write(Collection<ServedTenant> tenants) {
        var written = tenants.stream().map(format::write).toList();
        var outcomes = redis.scripts(
                WRITE,
                written.stream()
                        .map(one -> RedisScript.Call.of(
                                RedisKeys.context(one.tenant()),
                                one.version(),
                                one.mac(),
                                one.value(),
                                RedisKeys.CHANGED,
                                one.tenant() + ":" + one.version()))
                        .toList(),
                commands -> written.stream()
                        .map(one -> commands.set(
                                RedisKeys.site(one.site()), one.tenant().toString()))
                        .toList());
        for (var i = 0; i < written.size(); i++) {
            if (outcomes.get(i) == REPLACED) {
                foreign.found(
                        RedisKeys.context(written.get(i).tenant()),
                        written.get(i).tenant());
            }
        }
    }

    /** Writes one context that Redis was found not to have; nobody waits for it. */
    public void writeSoon(ServedTenant tenant) {
        if (redis.isOpen()) {
            Thread.startVirtualThread(() -> {
                try {
                    write(List.of(tenant));
                } catch (RedisAwayException _) {
                    // the next one who misses it tries again
                }
            });
        }
    }

    /**
     * The mirrored contexts of these tenants, in their order; null where there is none that can be believed.
     *
     * @throws RedisAwayException where Redis does not answer
     */
    List<@Nullable ServedTenant> readAll(List<UUID> tenants) {
        var all = redis.<List<KeyValue<String, String>>>callAll(
                commands -> {
                    List<RedisFuture<List<KeyValue<String, String>>>> answers = new ArrayList<>();
                    for (var tenant : tenants) {
                        answers.add(commands.hmget(RedisKeys.context(tenant), MirrorFormat.FIELDS));
                    }
                    return answers;
                },
                OF_ANOTHER_KIND);
        List<@Nullable ServedTenant> contexts = new ArrayList<>();
        for (var i = 0; i < tenants.size(); i++) {
            contexts.add(believed(tenants.get(i), all.get(i)));
        }
        return contexts;
    }

    /**
     * Whether Redis knows a tenant, by its id and by its site.
     *
     * @throws RedisAwayException where Redis does not answer
     */
    boolean knows(UUID tenant) {
        var known = read(tenant);
        return known != null && withoutSite(List.of(known)).isEmpty();
    }

    /**
     * Which of these tenants Redis does not know by their sites; a site that names somebody else is told as a security event, and
     * stays until it is written.
     *
     * @throws RedisAwayException where Redis does not answer
     */
    Set<UUID> withoutSite(List<ServedTenant> tenants) {
        var claims = redis.<@Nullable String>callAll(
                commands -> {
                    List<RedisFuture<@Nullable String>> answers = new ArrayList<>();
                    for (var tenant : tenants) {
                        answers.add(commands.get(RedisKeys.site(tenant.siteId())));
                    }
                    return answers;
                },
                "");
        var wrong = new HashSet<UUID>();
        for (var i = 0; i < tenants.size(); i++) {
            var tenant = tenants.get(i);
            var claimed = claims.get(i);
            if (!tenant.id().toString().equals(claimed)) {
                wrong.add(tenant.id());
            }
            if (claimed != null && wrong.contains(tenant.id())) {
                foreign.found(RedisKeys.site(tenant.siteId()), tenant.id());
            }
        }
        return wrong;
    }

    private static @Nullable String text(KeyValue<String, String> field) {
        return field.getValueOrElse(null);
    }
}
