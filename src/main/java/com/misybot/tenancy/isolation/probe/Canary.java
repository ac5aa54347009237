package com.misybot.tenancy.isolation.probe;

import java.util.UUID;

/**
 * What a tenant of the probe has in each store.
 *
 * @param tenant one of two UUIDs that no tenant of the registry has
 * @param name of this canary, the same for both tenants, 12 base-62 digits that no other run of the probe uses
 * @param secret what nobody else may see: the sign of a breach is that it turns up in an answer to the other tenant
 */
public record Canary(UUID tenant, String name, String secret) {

    /** Withholds the secret, so that it turns up in an answer or a log only by a breach. */
    @Override
    public String toString() {
        return "Canary[" + tenant + " " + name + "]";
    }
}
