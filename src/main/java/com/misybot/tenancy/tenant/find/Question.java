package com.misybot.tenancy.tenant.find;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is searched for, as words of ASCII letters and digits.
 *
 * @param words all of them, for ranking
 * @param telling those that a tenant must have something like: long enough for trigrams to forgive a typo
 */
record Question(List<String> words, List<String> telling) {

    /** More words make a question slower and no better. */
    private static final int MAX_WORDS = 8;

    /** Three letters have too few trigrams to tell one with a typo from any other. */
    private static final int TELLING_LENGTH = 4;

    /**
     * Likeness of words, as pg_trgm counts it, from nearly the same to one typo in five letters (two letters that changed places
     * leave 2 trigrams of 6).
     */
    private static final List<String> LIKENESS = List.of("0.8", "0.5", "0.33");

    static Question of(List<String> all) {
        var words = all.stream()
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .limit(MAX_WORDS)
                .toList();
        return new Question(
                words,
                words.stream().filter(word -> word.length() >= TELLING_LENGTH).toList());
    }

    /** The ways to ask, from the closest to the loosest. */
    List<Round> rounds() {
        if (words.isEmpty()) {
            return List.of();
        }
        if (telling.isEmpty()) {
            return List.of(Round.exactly(words));
        }
        var rounds = new ArrayList<Round>();
        LIKENESS.forEach(likeness -> rounds.add(Round.ofAll(words, telling, likeness)));
        if (telling.size() > 1) {
            rounds.add(Round.ofAllButOne(words, telling, LIKENESS.get(1)));
        }
        return rounds;
    }
}
