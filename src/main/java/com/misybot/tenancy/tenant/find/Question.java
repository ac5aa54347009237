package com.misybot.tenancy.tenant.find;

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

    /** Likeness of words, as pg_trgm counts it: nearly the same. */
    private static final String CLOSE = "0.8";

    /** One typo in a word of some length. */
    private static final String NEAR = "0.5";

    /** One typo in five letters: two letters that changed places leave 2 trigrams of 6. */
    private static final String FAR = "0.33";

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

    /** Asks for words as they are, where none is long enough to forgive a typo. */
    Round exactly() {
        return Round.exactly(words);
    }

    Round close() {
        return Round.ofAll(words, telling, CLOSE);
    }

    Round near() {
        return Round.ofAll(words, telling, NEAR);
    }

    Round far() {
        return Round.ofAll(words, telling, FAR);
    }

    /** Lets each of the words be missing once. */
    Round lackingOne() {
        return Round.ofAllButOne(words, telling, NEAR);
    }
}
