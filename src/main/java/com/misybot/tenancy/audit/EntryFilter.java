package com.misybot.tenancy.audit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of a trail. Everything that is given must hold.
 *
 * @param from at this instant or later
 * @param to before this instant
 * @param actor of this actor, as {@code kind:id}
 * @param action this action
 * @param resource about this resource
 * @param outcome with this outcome
 */
public record EntryFilter(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String actor,
        @Nullable String action,
        @Nullable String resource,
        Entry.@Nullable Outcome outcome) {

    /** Every entry. */
    public static final EntryFilter ALL = new EntryFilter(null, null, null, null, null, null);

    void addTo(StringBuilder sql, List<Object> parameters) {
        add(sql, parameters, " and at >= ?", from == null ? null : from.atOffset(ZoneOffset.UTC));
        add(sql, parameters, " and at < ?", to == null ? null : to.atOffset(ZoneOffset.UTC));
        if (actor != null) {
            var colon = actor.indexOf(':');
            add(sql, parameters, " and lower(actor_kind) = ?", actor.substring(0, colon));
            add(sql, parameters, " and actor_id = ?", actor.substring(colon + 1));
        }
        add(sql, parameters, " and action = ?", action);
        add(sql, parameters, " and resource = ?", resource);
        add(sql, parameters, " and outcome = ?", outcome == null ? null : outcome.name());
    }

    private static void add(StringBuilder sql, List<Object> parameters, String condition, @Nullable Object value) {
        if (value != null) {
            sql.append(condition);
            parameters.add(value);
        }
    }
}
