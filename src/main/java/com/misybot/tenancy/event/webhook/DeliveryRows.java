package com.misybot.tenancy.event.webhook;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.event.Event;
import com.misybot.tenancy.event.Position;
import com.misybot.tenancy.kernel.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Puts messages into the table {@code webhook_delivery}. Runs inside the caller's transaction. */
@Repository
class DeliveryRows {

    private static final String IS_WANTED = """
             exists (select from unnest(w.types) as p (pattern)
                where pattern in ('*', e.type) or pattern like '%.*' and starts_with(e.type, left(pattern, -1)))
            """;

    private final JdbcClient jdbc;

    DeliveryRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Puts messages about the last events of a tenant on the lists of the webhooks that want to know. A tenant whose erasure is
     * scheduled is told of that, and of nothing after it.
     *
     * @param count how many events
     * @return the webhooks
     */
    List<UUID> fanOut(UUID tenant, int count) {
        return jdbc
                .sql("""
                insert into webhook_delivery (tenant, webhook, id, event_tenant, sequence, event, type, state, created_at)
                select w.tenant, w.id, e.id, e.tenant, e.sequence, e.id, e.type, 'PENDING', clock_timestamp()
                from webhook w
                join lateral (select * from event where tenant = w.tenant order by sequence desc limit :count) e
                    on
                """ + IS_WANTED + """
                where w.tenant = :tenant and w.enabled
                    and (e.type = 'tenant.deletion_scheduled' or not exists (
                        select from tenant t where t.id = :tenant and t.status in ('PENDING_DELETION', 'PURGING', 'PURGED')))
                returning webhook
                """)
                .param("tenant", tenant)
                .param("count", count)
                .query((row, _) -> row.getObject("webhook", UUID.class))
                .list()
                .stream()
                .distinct()
                .toList();
    }

    /**
     * Puts messages about events of any tenants on the lists of the platform's webhooks that want to know, each in its place.
     *
     * @param events in the order of the feed
     * @param places the last place that was given before
     * @return the webhooks
     */
    List<UUID> fanOut(List<Event> events, long places) {
        return jdbc
                .sql("""
                insert into webhook_delivery
                    (tenant, webhook, id, event_tenant, sequence, event, type, state, created_at, feed_place)
                select w.tenant, w.id, e.id, e.tenant, e.sequence, e.id, e.type, 'PENDING', clock_timestamp(), :places + e.n
                from unnest(:tenants::uuid[], :sequences::bigint[], :ids::uuid[], :types::text[], :epochs::int[], :xids::xid8[])
                    with ordinality as e (tenant, sequence, id, type, epoch, xid, n)
                join webhook w on (e.epoch, e.xid) >= (w.since_epoch, w.since_xid) and
                """ + IS_WANTED + """
                where w.tenant = :platform and w.enabled
                returning webhook
                """)
                .param("platform", Scope.NIL)
                .param("places", places)
                .param("tenants", column(events, Event::tenant))
                .param("sequences", column(events, Event::sequence))
                .param("ids", column(events, Event::id))
                .param("types", column(events, Event::type))
                .param("epochs", column(events, event -> event.position().epoch()))
                .param(
                        "xids",
                        column(
                                events,
                                event -> Long.toUnsignedString(event.position().xid())))
                .query((row, _) -> row.getObject("webhook", UUID.class))
                .list()
                .stream()
                .distinct()
                .toList();
    }

    /**
     * Puts one message on the list.
     *
     * @param place among those of many tenants; null where that of its sequence is its place
     */
    void insert(UUID tenant, UUID webhook, UUID id, Delivery.About about, @Nullable String body, @Nullable Long place) {
        jdbc.sql("""
                insert into webhook_delivery
                    (tenant, webhook, id, event_tenant, sequence, event, type, body, state, created_at, feed_place)
                values (:tenant, :webhook, :id, :eventTenant, :sequence, :event, :type, :body, 'PENDING', clock_timestamp(), :place)
                """)
                .param("tenant", tenant)
                .param("webhook", webhook)
                .param("id", id)
                .param("eventTenant", about.tenant())
                .param("sequence", about.sequence())
                .param("event", about.event())
                .param("type", about.type())
                .param("body", body)
                .param("place", place, java.sql.Types.BIGINT)
                .update();
    }

    /** Events of a range that a tenant's webhook is told of, in their order. */
    List<Delivery.About> events(UUID tenant, UUID webhook, Deliveries.Range range, int limit) {
        return jdbc.sql("""
                select e.tenant as event_tenant, e.sequence, e.id as event, e.type from event e
                join webhook w on w.tenant = e.tenant and w.id = :webhook
                where e.tenant = :tenant and e.sequence between :fromSequence and :toSequence
                    and (:from::timestamptz is null or e.at >= :from::timestamptz)
                    and (:to::timestamptz is null or e.at <= :to::timestamptz)
                    and
                """ + IS_WANTED + """
                order by e.sequence limit :limit
                """)
                .param("tenant", tenant)
                .param("webhook", webhook)
                .param("fromSequence", range.fromSequence())
                .param("toSequence", range.toSequence())
                .param("from", text(range.from()))
                .param("to", text(range.to()))
                .param("limit", limit)
                .query((row, _) -> about(row))
                .list();
    }

    /**
     * Events of all tenants of a time that a webhook of the platform is told of by its types, the earliest. In the platform's
     * scope.
     */
    List<Occurred> events(UUID webhook, Instant from, @Nullable Instant to, int limit) {
        return jdbc.sql("""
                select e.tenant as event_tenant, e.sequence, e.id as event, e.type, e.at, e.epoch, e.xid, e.part from event e
                join webhook w on w.tenant = :platform and w.id = :webhook
                where e.at >= :from::timestamptz and (:to::timestamptz is null or e.at <= :to::timestamptz)
                    and
                """ + IS_WANTED + """
                order by e.at, e.epoch, e.xid, e.part limit :limit
                """)
                .param("platform", Scope.NIL)
                .param("webhook", webhook)
                .param("from", from.toString())
                .param("to", text(to))
                .param("limit", limit)
                .query((row, _) -> new Occurred(
                        about(row),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        new Position(
                                row.getInt("epoch"), Long.parseUnsignedLong(row.getString("xid")), row.getInt("part"))))
                .list();
    }

    /** An event, when it was, and where it stands in the feed. */
    record Occurred(Delivery.About about, Instant at, Position position) {}

    /**
     * Puts a message about each event on the list.
     *
     * @param places the last place that was given before; null where the places are those of their sequences
     */
    void insertAll(UUID tenant, UUID webhook, List<Delivery.About> abouts, @Nullable Long places) {
        jdbc.sql("""
                insert into webhook_delivery
                    (tenant, webhook, id, event_tenant, sequence, event, type, state, created_at, feed_place)
                select :tenant, :webhook, m.id, m.tenant, m.sequence, m.event, m.type, 'PENDING', clock_timestamp(), :places + m.n
                from unnest(:ids::uuid[], :tenants::uuid[], :sequences::bigint[], :events::uuid[], :types::text[])
                    with ordinality as m (id, tenant, sequence, event, type, n)
                """)
                .param("tenant", tenant)
                .param("webhook", webhook)
                .param("places", places, java.sql.Types.BIGINT)
                .param("ids", column(abouts, _ -> UuidCreator.getTimeOrderedEpoch()))
                .param("tenants", column(abouts, Delivery.About::tenant))
                .param("sequences", column(abouts, Delivery.About::sequence))
                .param("events", column(abouts, Delivery.About::event))
                .param("types", column(abouts, Delivery.About::type))
                .update();
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    /** One column of rows as an array for {@code unnest}. */
    static <T> @Nullable String[] column(List<T> rows, Function<T, @Nullable Object> value) {
        var column = new @Nullable String[rows.size()];
        for (var i = 0; i < column.length; i++) {
            var one = value.apply(rows.get(i));
            column[i] = one == null ? null : one.toString();
        }
        return column;
    }

    static Delivery.About about(ResultSet row) throws SQLException {
        return new Delivery.About(
                row.getObject("event_tenant", UUID.class),
                row.getLong("sequence"),
                row.getObject("event", UUID.class),
                row.getString("type"));
    }
}
