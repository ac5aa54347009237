package com.misybot.tenancy.tenant.find;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** One way to ask: some candidates by the trigram index, and of them those with the best scores. */
final class Round {

    private final List<String> words;
    private final String likeness;
    /** Conditions, any of which makes a candidate. */
    private final List<String> ways;

    private final Map<String, String> parameters;

    private Round(List<String> words, String likeness, List<String> ways, Map<String, String> parameters) {
        this.words = words;
        this.likeness = likeness;
        this.ways = ways;
        this.parameters = parameters;
    }

    /** Those that have these words. */
    static Round exactly(List<String> words) {
        var parameters = new HashMap<String, String>();
        var conditions = new ArrayList<String>();
        for (var word : words) {
            var name = "p" + parameters.size();
            conditions.add("t.search_text like :" + name);
            parameters.put(name, "% " + word + " %");
        }
        return new Round(words, "1", List.of(String.join(" and ", conditions)), parameters);
    }

    /** Those that have something like each of these words. */
    static Round ofAll(List<String> words, List<String> telling, String likeness) {
        return new Round(words, likeness, List.of(each(telling, -1)), parameters(telling));
    }

    /** Those that lack one of these words. */
    static Round ofAllButOne(List<String> words, List<String> telling, String likeness) {
        var ways = new ArrayList<String>();
        for (var left = 0; left < telling.size(); left++) {
            ways.add(each(telling, left));
        }
        return new Round(words, likeness, ways, parameters(telling));
    }

    private static String each(List<String> words, int left) {
        var conditions = new ArrayList<String>();
        for (var i = 0; i < words.size(); i++) {
            if (i != left) {
                conditions.add("t.search_text %> :p" + i);
            }
        }
        return String.join(" and ", conditions);
    }

    private static Map<String, String> parameters(List<String> words) {
        var parameters = new HashMap<String, String>();
        for (var word : words) {
            parameters.put("p" + parameters.size(), word);
        }
        return parameters;
    }

    /** The least likeness of a word to count, for {@code pg_trgm.word_similarity_threshold}. */
    String likeness() {
        return likeness;
    }

    Found find(EntityManager entities, Conditions conditions, int candidates, int limit) {
        var share = candidates / ways.size() + 1;
        var some = ways.stream()
                .map(way -> "(select t.id, t.search_name, t.search_text from tenant t where " + conditions.sql()
                        + " and " + way + " limit " + share + ")")
                .collect(Collectors.joining(" union all "));
        var query = entities.createNativeQuery(
                "with candidate as materialized (" + some + ")"
                        + " select id, max(" + score() + ") as score, max(similarity(search_name, :line)) as closeness,"
                        + " (select count(*) from candidate) as candidates"
                        + " from candidate group by id order by score desc, closeness desc, id limit " + limit,
                Object[].class);
        conditions.bind(query);
        bind(query);
        @SuppressWarnings("unchecked") // JPA knows the type of what a native query answers only at run time
        List<Object[]> rows = query.getResultList();
        var tenants = rows.stream()
                .map(row -> new Found.Scored((UUID) row[0], ((Number) row[1]).doubleValue()))
                .toList();
        return new Found(tenants, !rows.isEmpty() && ((Number) rows.getFirst()[3]).intValue() >= candidates + 1);
    }

    /** The likeness of each word to the tenant's word most like it; longer words count for more. */
    private String score() {
        var parts = new ArrayList<String>();
        for (var i = 0; i < words.size(); i++) {
            parts.add(words.get(i).length() + " * strict_word_similarity(:w" + i + ", search_text)");
        }
        var letters = words.stream().mapToInt(String::length).sum();
        return "(" + String.join(" + ", parts) + ") / " + letters;
    }

    private void bind(Query query) {
        parameters.forEach(query::setParameter);
        for (var i = 0; i < words.size(); i++) {
            query.setParameter("w" + i, words.get(i));
        }
        query.setParameter("line", String.join(" ", words));
    }
}
