package com.misybot.tenancy.event;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The oldest rows of the table {@code event}, which retention deletes in the order of the feed. Works in the transaction and the scope
 * of its caller.
 */
@Component
public class OldEvents {

    // Transactions begin up to 30 s before they write: what is younger is looked at again next time
    private static final String EXPIRED = """
            select e.tenant, e.sequence, e.epoch, e.xid, e.part,
                exists (select from event n where n.tenant = e.tenant and n.sequence = e.sequence + 1) as has_successor
            from (
                select * from event where (epoch, xid, part) > (:epoch, :xid::xid8, :part) order by epoch, xid, part limit :limit
            ) e
            where e.recorded_at < now() - :age::interval
            order by e.epoch, e.xid, e.part
            """;

    private static final String ANNOUNCE = """
            update event_feed set pruned_epoch = :epoch, pruned_xid = :xid::xid8, pruned_part = :part
            where (pruned_epoch, pruned_xid, pruned_part) < (:epoch, :xid::xid8, :part)
            """;

    private static final String DELETE = """
            delete from event e using unnest(:tenants::uuid[], :sequences::bigint[]) as d (tenant, sequence)
            where e.tenant = d.tenant and e.sequence = d.sequence
            """;

    private final JdbcClient jdbc;

    OldEvents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An event that is older than it need be.
     *
     * @param hasSuccessor whether it is not the last one of its tenant
     */
    public record Expired(UUID tenant, long sequence, Position position, boolean hasSuccessor) {}

    /**
     * Of the next events in the order of the feed, those older than {@code age} by the clock of the database. As the keeper.
     *
     * @param limit how many are looked at
     */
    public List<Expired> expired(Position after, Duration age, int limit) {
        return jdbc.sql(EXPIRED)
                .params(EventStore.position(after))
                .param("age", age.toString())
                .param("limit", limit)
                .query((row, _) -> new Expired(
                        row.getObject("tenant", UUID.class),
                        row.getLong("sequence"),
                        new Position(row.getInt("epoch"), EventStore.xid(row, "xid"), row.getInt("part")),
                        row.getBoolean("has_successor")))
                .list();
    }

    /** Says that events up to this one may be deleted. Among the platform's own rows. */
    public boolean announcePruned(Position upTo) {
        return jdbc.sql(ANNOUNCE).params(EventStore.position(upTo)).update() == 1;
    }

    /** Deletes these. As the keeper. */
    public int delete(List<Expired> events) {
        return jdbc.sql(DELETE)
                .param("tenants", EventStore.array(events, Expired::tenant))
                .param("sequences", EventStore.array(events, Expired::sequence))
                .update();
    }
}
