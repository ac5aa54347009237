package com.misybot.tenancy.audit;

import com.misybot.tenancy.keyring.Keyring;
import com.misybot.tenancy.keyring.MacKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code audit_checkpoint}. Runs inside the caller's transaction. */
@Repository
class CheckpointRows {

    private static final String SELECT =
            "select tenant, seq, hash, at, previous, sealed, kid, public_key, signature, mac from audit_checkpoint"
                    + " where tenant = ?";

    private final JdbcClient jdbc;
    private final MacKey mark;

    CheckpointRows(JdbcClient jdbc, Keyring keyring) {
        this.jdbc = jdbc;
        this.mark = keyring.macKey(Keyring.Purpose.CHECKPOINT);
    }

    /**
     * A checkpoint as it is stored.
     *
     * @param own whether this service has made it: who can write rows cannot make one with a key of his own
     */
    record Stored(Checkpoint checkpoint, boolean own) {}

    void insert(Checkpoint checkpoint) {
        jdbc.sql("""
                insert into audit_checkpoint (tenant, seq, hash, at, previous, sealed, kid, public_key, signature, mac)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
                .params(
                        checkpoint.tenant(),
                        checkpoint.seq(),
                        checkpoint.hash(),
                        checkpoint.at().atOffset(ZoneOffset.UTC),
                        checkpoint.previous(),
                        checkpoint.sealed(),
                        checkpoint.kid(),
                        checkpoint.publicKey(),
                        checkpoint.signature(),
                        mark.mac(checkpoint.parts()))
                .update();
    }

    /** The last one of a trail; null where it has none. */
    @Nullable
    Stored last(UUID tenant) {
        return jdbc.sql(SELECT + " order by seq desc limit 1")
                .param(tenant)
                .query((row, _) -> read(row))
                .optional()
                .orElse(null);
    }

    /** The last one before an entry; null where there is none. */
    @Nullable
    Stored lastBefore(UUID tenant, long seq) {
        return jdbc.sql(SELECT + " and seq < ? order by seq desc limit 1")
                .params(tenant, seq)
                .query((row, _) -> read(row))
                .optional()
                .orElse(null);
    }

    /** Those of entries from one number to another, both included, in their order. */
    List<Stored> between(UUID tenant, long first, long last) {
        return jdbc.sql(SELECT + " and seq between ? and ? order by seq")
                .params(tenant, first, last)
                .query((row, _) -> read(row))
                .list();
    }

    /** The latest first, before a number. */
    List<Stored> latest(UUID tenant, long before, int limit) {
        return jdbc.sql(SELECT + " and seq < ? order by seq desc limit ?")
                .params(tenant, before, limit)
                .query((row, _) -> read(row))
                .list();
    }

    /** Goes from one trail to the next by the key, so that the length of a trail does not count. */
    List<Checkpoints.State> trails(UUID after, int limit) {
        return jdbc.sql("""
                with recursive trail (tenant, place) as (
                    (select tenant, 1 from audit_entry where tenant > ? order by tenant limit 1)
                    union all
                    select (select e.tenant from audit_entry e where e.tenant > t.tenant order by e.tenant limit 1), t.place + 1
                    from trail t where t.tenant is not null and t.place < ?
                )
                select tenant,
                    (select e.seq from audit_entry e where e.tenant = t.tenant order by e.seq desc limit 1)
                        > coalesce((select max(c.seq) from audit_checkpoint c where c.tenant = t.tenant), 0) as has_news
                from trail t where tenant is not null
                """)
                .params(after, limit)
                .query((row, _) ->
                        new Checkpoints.State(row.getObject("tenant", UUID.class), row.getBoolean("has_news")))
                .list();
    }

    private Stored read(ResultSet row) throws SQLException {
        var checkpoint = new Checkpoint(
                row.getObject("tenant", UUID.class),
                row.getLong("seq"),
                row.getBytes("hash"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getLong("previous"),
                row.getBoolean("sealed"),
                row.getString("kid"),
                row.getBytes("public_key"),
                row.getBytes("signature"));
        return new Stored(checkpoint, mark.verify(row.getBytes("mac"), checkpoint.parts()));
    }
}
