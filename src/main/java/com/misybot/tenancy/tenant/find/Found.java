package com.misybot.tenancy.tenant.find;

import com.misybot.tenancy.tenant.Tenant;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Ids of tenants with their scores, the best first. */
record Found(List<Scored> tenants, boolean partial) {

    record Scored(UUID id, double score) {}

    int size() {
        return tenants.size();
    }

    /** The same, but there may be more. */
    Found cut() {
        return new Found(tenants, true);
    }

    Hits load(EntityManager entities) {
        var byId = entities.createQuery("select t from Tenant t where t.id in :ids", Tenant.class)
                .setParameter("ids", tenants.stream().map(Scored::id).toList())
                .getResultStream()
                .collect(Collectors.toMap(Tenant::id, Function.identity()));
        var hits = tenants.stream()
                .filter(scored -> byId.containsKey(scored.id()))
                .map(scored -> new Hits.Hit(Objects.requireNonNull(byId.get(scored.id())), scored.score()))
                .toList();
        return new Hits(hits, partial);
    }
}
