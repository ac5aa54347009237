package com.misybot.tenancy.event.webhook;

import com.misybot.tenancy.event.Position;
import com.misybot.tenancy.kernel.Scope;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * How far the platform's webhooks were told of the feed of all events: the table {@code webhook_feed}. Runs inside the caller's
 * transaction, among the platform's own rows.
 */
@Repository
class PlatformFeed {

    private static final String ANYBODY = "select from webhook w where w.tenant = :platform and w.enabled";

    private final JdbcClient jdbc;

    PlatformFeed(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Where it stands.
     *
     * @param after the last event that was told
     * @param places how many places were given
     */
    record Told(Position after, long places) {}

    /** Where it stands; empty where nobody is told. */
    Optional<Told> told() {
        return jdbc.sql("select * from webhook_feed f where exists (" + ANYBODY + ")")
                .param("platform", Scope.NIL)
                .query((row, _) -> new Told(
                        new Position(
                                row.getInt("epoch"), Long.parseUnsignedLong(row.getString("xid")), row.getInt("part")),
                        row.getLong("places")))
                .optional();
    }

    /** Moves on from where it was; whether it was there still. */
    boolean move(Told from, Position to, int places) {
        return jdbc.sql("""
                update webhook_feed set epoch = :epoch, xid = :xid::xid8, part = :part, places = places + :given
                where (epoch, xid, part, places) = (:fromEpoch, :fromXid::xid8, :fromPart, :places)
                """)
                        .param("epoch", to.epoch())
                        .param("xid", Long.toUnsignedString(to.xid()))
                        .param("part", to.part())
                        .param("given", places)
                        .param("fromEpoch", from.after().epoch())
                        .param("fromXid", Long.toUnsignedString(from.after().xid()))
                        .param("fromPart", from.after().part())
                        .param("places", from.places())
                        .update()
                == 1;
    }

    /** Gives places to messages that are asked for besides; the last one that was given before. */
    long give(int places) {
        return jdbc.sql("update webhook_feed set places = places + :given returning places - :given")
                .param("given", places)
                .query(Long.class)
                .single();
    }

    /**
     * Has a webhook told of what stands in the feed from this transaction on. Where nobody was told before, what came meanwhile is
     * passed over.
     */
    void join(UUID webhook) {
        jdbc.sql("""
                update webhook_feed t set epoch = f.epoch, xid = s.xmin, part = -1
                from event_feed f, (select pg_snapshot_xmin(pg_current_snapshot()) as xmin) s
                where (f.epoch, s.xmin, -1) > (t.epoch, t.xid, t.part) and not exists (
                """ + ANYBODY + " and w.id <> :webhook)")
                .param("platform", Scope.NIL)
                .param("webhook", webhook)
                .update();
        jdbc.sql("""
                update webhook w set since_epoch = f.epoch, since_xid = pg_current_xact_id() from event_feed f
                where w.tenant = :platform and w.id = :webhook
                """).param("platform", Scope.NIL).param("webhook", webhook).update();
    }
}
