package com.misybot.tenancy.tenant.find;

import com.misybot.tenancy.tenant.SearchKeys;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tenants that something of begins with a text: as many index ranges as there are things, each read in its order. */
final class Beginnings {

    /** A tenant may have many hosts that begin alike, and counts once. */
    private static final int HOSTS = 50;

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
        var sql = "select id, min(key) as first from (" + of("t.name_key", "folded", conditions, limit) + " union all "
                + of("t.search_name", "words", conditions, limit) + " union all "
                + of("t.tenant_id", "folded", conditions, limit) + " union all "
                + of("lower(t.site_id)", "folded", conditions, limit) + " union all "
                + "(select t.id, h.host as key from tenant_host h join tenant t on t.id = h.tenant where "
                + conditions.sql()
                + " and h.host >= :folded and h.host < :foldedEnd order by h.host, h.tenant limit " + limit * HOSTS
                + ")"
                + ") begun group by id order by first, id limit " + limit;
        var query = entities.createNativeQuery(sql, Object[].class);
        conditions.bind(query);
        query.setParameter("folded", folded.isEmpty() ? LAST : folded);
        query.setParameter("foldedEnd", folded + LAST);
        query.setParameter("words", words.isEmpty() ? LAST : words);
        query.setParameter("wordsEnd", words + LAST);
        @SuppressWarnings("unchecked") // JPA knows the type of what a native query answers only at run time
        List<@Nullable Object[]> rows = query.getResultList();
        return new Found(
                rows.stream().map(row -> new Found.Scored((UUID) row[0], 1)).toList(), false);
    }

    private static String of(String key, String begins, Conditions conditions, int limit) {
        return "(select t.id, " + key + " as key from tenant t where " + conditions.sql() + " and " + key + " >= :"
                + begins + " and " + key + " < :" + begins + "End order by " + key + ", t.id limit " + limit + ")";
    }
}
