package com.misybot.tenancy.event;

import java.util.Comparator;

/**
 * Where an event stands in the feed of all events. Positions below the horizon have all the events they will ever have: events come
 * to be readable in this order only.
 *
 * @param epoch which life of the database
 * @param xid the transaction that wrote it
 * @param part which event of its transaction, from 0
 */
public record Position(int epoch, long xid, int part) implements Comparable<Position> {

    /** Before every event. */
    public static final Position START = new Position(0, 0, 0);

    private static final Comparator<Position> ORDER = Comparator.comparingInt(Position::epoch)
            .thenComparing(Position::xid, Long::compareUnsigned)
            .thenComparingInt(Position::part);

    /** Before everything that this transaction writes, and after all that is older. */
    static Position before(int epoch, long xid) {
        return new Position(epoch, xid, -1);
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }
}
