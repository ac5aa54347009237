package com.misybot.tenancy.event;

import com.misybot.tenancy.kernel.LastStatements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The table {@code event}. Works in the transaction and the scope of its caller.
 *
 * <p>The events of one tenant are read by their {@code sequence}: it is given under the tenant's lock, so who sees one event sees
 * all before it. All events are read by their {@link Position}, below the {@link Horizon} alone: ids and times do not tell in
 * which order transactions commit.
 */
@Component
public class EventStore {

    // The sequence goes on under the lock of the tenant, so the largest one committed is the last one given
    private static final String INSERT = """
            insert into event (tenant, sequence, epoch, part, id, type, subject, at, data)
            select n.tenant,
                coalesce((select max(e.sequence) from event e where e.tenant = n.tenant), 0)
                    + row_number() over (partition by n.tenant order by n.part),
                f.epoch, ? + n.part - 1, n.id, n.type, n.subject, n.at, n.data
            from event_feed f, unnest(?::uuid[], ?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::uuid[])
                with ordinality as n (id, type, subject, at, data, tenant, part)
            returning tenant, exists (select from webhook w where w.tenant = event.tenant and w.enabled) as followed
            """;

    private static final String HORIZON = """
            select f.*, s.xmin as horizon, now() as now,
                (select min(e.recorded_at) from event e where e.epoch = f.epoch and e.xid >= s.xmin) as held_since
            from event_feed f, (select pg_snapshot_xmin(pg_current_snapshot()) as xmin) s
            """;

    private static final String READ = """
            select * from event
            where (epoch, xid, part) > (:epoch, :xid::xid8, :part) and (epoch, xid, part) < (:endEpoch, :endXid::xid8, :endPart)
            order by epoch, xid, part limit :limit
            """;

    private static final String READ_TENANT =
            "select * from event where tenant = :tenant and sequence > :after order by sequence limit :limit";

    private static final String READ_SOME = """
            select e.* from unnest(:tenants::uuid[], :sequences::bigint[]) as k (tenant, sequence)
            join event e on e.tenant = k.tenant and e.sequence = k.sequence
            """;

    private static final String LAST = "select coalesce(max(sequence), 0) from event where tenant = :tenant";

    // A transaction id that this server has not given out was given out by another one
    private static final String RESTORED = """
            select f.epoch from event_feed f where exists (
                select from event e where e.epoch = f.epoch and e.xid >= pg_snapshot_xmax(pg_current_snapshot()))
            """;

    private static final String RAISE_EPOCH = "update event_feed set epoch = epoch + 1 where epoch = ?";

    private final JdbcClient jdbc;

    EventStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An event to write.
     *
     * @param data a JSON object
     */
    record Fresh(UUID tenant, UUID id, String type, String subject, Instant at, String data) {}

    /**
     * Writes events, in their order. The caller holds the lock of each tenant, or the tenant is new in this transaction.
     *
     * @param offset how many the transaction has written before
     * @return whose events have webhooks that may want to know, with how many there are
     */
    Map<UUID, Integer> insert(List<Fresh> events, int offset) {
        return jdbc.sql(INSERT).params(parameters(events, offset)).query(EventStore::followed);
    }

    /**
     * The statement of {@link #insert}, to come last in the transaction.
     *
     * @param followed is given what {@link #insert} returns
     */
    LastStatements.Last inserting(List<Fresh> events, int offset, Consumer<Map<UUID, Integer>> followed) {
        return new LastStatements.Last(INSERT, parameters(events, offset), rows -> followed.accept(followed(rows)));
    }

    private static List<@Nullable Object> parameters(List<Fresh> events, int offset) {
        return List.of(
                offset,
                array(events, Fresh::id),
                array(events, Fresh::type),
                array(events, Fresh::subject),
                array(events, event -> event.at().atOffset(ZoneOffset.UTC)),
                array(events, Fresh::data),
                array(events, Fresh::tenant));
    }

    private static Map<UUID, Integer> followed(ResultSet rows) throws SQLException {
        var followed = new HashMap<UUID, Integer>();
        while (rows.next()) {
            if (rows.getBoolean("followed")) {
                followed.merge(rows.getObject("tenant", UUID.class), 1, Integer::sum);
            }
        }
        return followed;
    }

    /** How far {@link #read} can go now. In the platform's scope. */
    public Horizon horizon() {
        return jdbc.sql(HORIZON)
                .query((row, _) -> {
                    var held = row.getObject("held_since", OffsetDateTime.class);
                    return new Horizon(
                            Position.before(row.getInt("epoch"), xid(row, "horizon")),
                            new Position(row.getInt("pruned_epoch"), xid(row, "pruned_xid"), row.getInt("pruned_part")),
                            held == null ? null : held.toInstant(),
                            instant(row, "now"));
                })
                .single();
    }

    /**
     * The next events of all tenants, in the order of the feed. In the platform's scope.
     *
     * @param after where the last one read stands
     * @param horizon as it was before in this or an earlier transaction
     */
    public List<Event> read(Position after, Horizon horizon, int limit) {
        return jdbc.sql(READ)
                .params(position(after))
                .param("endEpoch", horizon.end().epoch())
                .param("endXid", Long.toUnsignedString(horizon.end().xid()))
                .param("endPart", horizon.end().part())
                .param("limit", limit)
                .query((row, _) -> event(row))
                .list();
    }

    /**
     * The next events of one tenant. In its scope or the platform's.
     *
     * @param after the sequence of the last one read; 0 for none
     */
    public List<Event> read(UUID tenant, long after, int limit) {
        return jdbc.sql(READ_TENANT)
                .param("tenant", tenant)
                .param("after", after)
                .param("limit", limit)
                .query((row, _) -> event(row))
                .list();
    }

    /** Names an event. */
    public record Key(UUID tenant, long sequence) {}

    /** Those of these events that are kept. In the scope of their one tenant, or the platform's. */
    public List<Event> read(List<Key> events) {
        return jdbc.sql(READ_SOME)
                .param("tenants", array(events, Key::tenant))
                .param("sequences", array(events, Key::sequence))
                .query((row, _) -> event(row))
                .list();
    }

    /** The sequence of a tenant's newest event; 0 without one. */
    public long last(UUID tenant) {
        return jdbc.sql(LAST).param("tenant", tenant).query(Long.class).single();
    }

    /** The present epoch, where it began on another server; null where all is well. In the platform's scope. */
    public @Nullable Integer epochBeforeRestore() {
        return jdbc.sql(RESTORED).query(Integer.class).optional().orElse(null);
    }

    /** Ends this epoch; whether nobody else has. Among the platform's own rows. */
    public boolean raiseEpoch(int epoch) {
        return jdbc.sql(RAISE_EPOCH).param(epoch).update() == 1;
    }

    static Map<String, Object> position(Position position) {
        return Map.of("epoch", position.epoch(), "xid", Long.toUnsignedString(position.xid()), "part", position.part());
    }

    static <T> String[] array(List<T> items, Function<T, Object> value) {
        return items.stream().map(item -> value.apply(item).toString()).toArray(String[]::new);
    }

    private static Event event(ResultSet row) throws SQLException {
        return new Event(
                row.getObject("tenant", UUID.class),
                row.getLong("sequence"),
                new Position(row.getInt("epoch"), xid(row, "xid"), row.getInt("part")),
                row.getObject("id", UUID.class),
                row.getString("type"),
                row.getString("subject"),
                instant(row, "at"),
                instant(row, "recorded_at"),
                row.getString("data"));
    }

    static long xid(ResultSet row, String column) throws SQLException {
        return Long.parseUnsignedLong(row.getString(column));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class))
                .toInstant();
    }
}
