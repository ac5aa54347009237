package com.misybot.tenancy.tenant.find;

import com.misybot.tenancy.tenant.SearchKeys;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tenants that something of begins with a text: as many index ranges as there are things, each read in its order. */
final class Beginnings {

    /** Hosts that are looked at for each tenant that is wanted: of most tenants no more begin alike. */
    private static final int FEW_HOSTS = 2;

    /** A tenant may have so many hosts that begin alike, and counts once. */
    private static final int ALL_HOSTS = 50;

    /** Stands after all text, and nothing begins with it. */
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    private final String folded;
    private final String words;

    Beginnings(String text) {
        folded = SearchKeys.fold(text);
        words = SearchKeys.line(text);
    }

    Found find(EntityManager entities, Conditions conditions, int limit) {
        entities.createNativeQuery("select set_config('plan_cache_mode', 'force_custom_plan', true)", Object.class)
                .getResultList();
        var found = find(entities, conditions, limit, FEW_HOSTS * limit);
        return found == null ? Objects.requireNonNull(find(entities, conditions, limit, ALL_HOSTS * limit)) : found;
    }

    /** Null where more hosts than these have to be looked at to tell which tenants come first. */
    private @Nullable Found find(EntityManager entities, Conditions conditions, int limit, int hosts) {
        var sql = "with hosted as materialized (select t.id, h.host as key from tenant_host h"
                + " join tenant t on t.id = h.tenant where " + conditions.sql()
                + " and h.host >= :folded and h.host < :foldedEnd order by h.host, h.tenant limit " + hosts + ")"
                + " select id, min(key) as first,"
                + " (select count(*) from hosted) < " + hosts + ", min(key) <= (select max(key) from hosted)"
                + " from (" + of("t.name_key", "folded", conditions, limit) + " union all "
                + of("t.search_name", "words", conditions, limit) + " union all "
                + of("t.tenant_id", "folded", conditions, limit) + " union all "
                + of("lower(t.site_id)", "folded", conditions, limit)
                + " union all select id, key from hosted) begun group by id order by first, id limit " + limit;
        var query = entities.createNativeQuery(sql, Object[].class);
        conditions.bind(query);
        query.setParameter("folded", folded.isEmpty() ? LAST : folded);
        query.setParameter("foldedEnd", folded + LAST);
        query.setParameter("words", words.isEmpty() ? LAST : words);
        query.setParameter("wordsEnd", words + LAST);
        @SuppressWarnings("unchecked") // JPA knows the type of what a native query answers only at run time
        List<@Nullable Object[]> rows = query.getResultList();
        var begun = rows.stream().map(row -> new Found.Scored((UUID) row[0], 1)).toList();
        if (begun.isEmpty() || hosts == ALL_HOSTS * limit) {
            return new Found(begun, false);
        }
        // a tenant that only the hosts cut off lead to comes after all hosts that were read
        var last = rows.getLast();
        var certain = Boolean.TRUE.equals(last[2]) || (begun.size() == limit && Boolean.TRUE.equals(last[3]));
        return certain ? new Found(begun, false) : null;
    }

    private static String of(String key, String begins, Conditions conditions, int limit) {
        return "(select t.id, " + key + " as key from tenant t where " + conditions.sql() + " and " + key + " >= :"
                + begins + " and " + key + " < :" + begins + "End order by " + key + ", t.id limit " + limit + ")";
    }
}
