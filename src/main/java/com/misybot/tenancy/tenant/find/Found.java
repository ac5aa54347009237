package com.misybot.tenancy.tenant.find;

import com.misybot.tenancy.tenant.Tenant;
import jakarta.persistence.EntityManager;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Ids of tenants with their scores, the best first. */
record Found(List<Scored> tenants, boolean partial) {

    record Scored(UUID id, double score) {}

    int size() {
        return tenants.size();
    }

    /** Both, the best first, however they were found; partial where either is. */
    Found and(Found others, int limit) {
        var byId = new LinkedHashMap<UUID, Scored>();
        Stream.of(this, others)
                .flatMap(found -> found.tenants.stream())
                .forEach(one -> byId.merge(one.id(), one, (had, next) -> had.score() >= next.score() ? had : next));
        var best = byId.values().stream()
                .sorted(Comparator.comparingDouble(Scored::score).reversed())
                .limit(limit)
                .toList();
        return new Found(best, partial || others.partial);
    }

    /** These alone where they are all and enough, else with others. */
    Found or(Found others, int limit) {
        return !partial && size() >= limit ? this : and(others, limit);
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
