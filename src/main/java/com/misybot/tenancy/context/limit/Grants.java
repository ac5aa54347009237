package com.misybot.tenancy.context.limit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where all instances ask for a part of what one rate allows. */
@FunctionalInterface
interface Grants {

    /**
     * What was given.
     *
     * @param given how much, at most what was wanted; 0 where all of it is taken
     * @param lastsMillis how long it may be spent, from before it was asked for
     * @param slot what to call it when giving back
     * @param left what nobody has yet
     * @param waitMillis how long until something comes free, where nothing was given
     */
    record Grant(int given, long lastsMillis, String slot, int left, long waitMillis) {}

    /**
     * Something given and not spent.
     *
     * @param slot of the grant it was a part of
     * @param count how much
     */
    record Rest(String slot, int count) {}

    /**
     * Asks.
     *
     * @param budget what may be spent in any one second
     * @param wanted how much
     * @param rests what is given back
     * @return null where nobody answers
     */
    @Nullable
    Grant ask(int budget, int wanted, List<Rest> rests);
}
