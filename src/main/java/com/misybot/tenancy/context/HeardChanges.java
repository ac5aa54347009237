package com.misybot.tenancy.context;

import com.misybot.tenancy.context.redis.RedisEars;
import com.misybot.tenancy.kernel.RedisKeys;
import com.misybot.tenancy.kernel.TenantMemory;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Hears from the other instances which tenants have changed, so that what this one remembers of them is over at once. */
@Component
class HeardChanges {

    private final KnownTenants known;
    private final List<TenantMemory> memories;

    HeardChanges(RedisEars ears, KnownTenants known, List<TenantMemory> memories) {
        this.known = known;
        this.memories = memories;
        ears.hear(RedisKeys.CHANGED, this::heard);
    }

    /** {@code <tenant>:<version of its context>} */
    private void heard(String message) {
        var colon = message.indexOf(':');
        if (colon > 0) {
            try {
                var tenant = UUID.fromString(message.substring(0, colon));
                known.outdated(tenant, Long.parseLong(message.substring(colon + 1)));
                memories.forEach(memory -> memory.forget(tenant));
            } catch (IllegalArgumentException _) {
                // said by somebody else: it changes nothing but that a tenant is loaded once more
            }
        }
    }
}
