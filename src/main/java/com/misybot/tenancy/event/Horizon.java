package com.misybot.tenancy.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the feed of all events can be read, at one instant.
 *
 * @param end nothing at or after it is read yet; what is before it is complete
 * @param pruned what is before it may have been deleted
 * @param heldSince when the oldest event at or after {@code end} was recorded, by the clock of the database; null without one
 * @param now by the clock of the database
 */
public record Horizon(
        Position end, Position pruned, @Nullable Instant heldSince, Instant now) {

    /** Whether everything after this position is still there, and this database has been there. */
    public boolean covers(Position position) {
        return position.compareTo(pruned) >= 0 && position.compareTo(end) <= 0;
    }
}
