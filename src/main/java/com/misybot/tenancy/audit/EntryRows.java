package com.misybot.tenancy.audit;

import com.misybot.tenancy.kernel.LastStatements;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code audit_entry}. Runs inside the caller's transaction. */
@Repository
class EntryRows {

    private static final String COLUMNS =
            "tenant, seq, at, change, actor_kind, actor_id, key_id, network, action, resource, outcome, reason, ticket,"
                    + " request_id, details, details_digest, checkpoint, previous, hash";

    /** Finds its place and its hash by itself: one round trip, and nothing that could be read too early. */
    private static final String APPEND = """
            insert into audit_entry (%s)
            select n.tenant, n.seq, ?::timestamptz, ?::uuid, ?::text, ?::text, ?::text, ?::text, ?::text, ?::text, ?::text, ?::text,
                ?::text, ?::text, ?::text, ?::bytea, n.checkpoint, n.previous,
                sha256('%s'::bytea || uuid_send(n.tenant) || int8send(n.seq) || int8send(n.checkpoint) || n.previous || ?::bytea)
            from (
                select t.tenant, coalesce(l.seq, 0) + 1 as seq, coalesce(l.hash, decode(repeat('00', 32), 'hex')) as previous,
                    coalesce((select max(c.seq) from audit_checkpoint c where c.tenant = t.tenant), 0) as checkpoint
                from (select ?::uuid as tenant) t
                left join lateral (
                    select e.seq, e.hash from audit_entry e where e.tenant = t.tenant order by e.seq desc limit 1) l on true
            ) n
            """.formatted(COLUMNS, Digests.ENTRY);

    /** Entries that go to the database together. */
    private static final int BATCH = 500;

    private final JdbcClient jdbc;
    private final JdbcOperations batches;

    EntryRows(JdbcClient jdbc, JdbcOperations batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** An entry and whose trail it goes to the end of. */
    record Appended(UUID tenant, Entry entry) {}

    /** Adds entries, each to the end of its trail. Whoever calls holds the locks of the tenants. */
    void append(List<Appended> entries) {
        batches.batchUpdate(APPEND, entries, BATCH, EntryRows::bind);
    }

    /** The statement that {@link #append} does for each entry. */
    static LastStatements.Last appending(Appended appended) {
        return LastStatements.Last.of(APPEND, parameters(appended));
    }

    private static void bind(PreparedStatement statement, Appended appended) throws SQLException {
        var parameters = parameters(appended);
        for (var i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }

    private static @Nullable Object[] parameters(Appended appended) {
        var entry = appended.entry;
        var details = Objects.requireNonNull(entry.details(), "A new entry has its details");
        var digest = Digests.details(details);
        return new @Nullable Object[] {
            entry.at().atOffset(ZoneOffset.UTC),
            entry.id(),
            entry.actorKind(),
            entry.actorId(),
            entry.keyId(),
            entry.network(),
            entry.action(),
            entry.resource(),
            entry.outcome().name(),
            entry.reason(),
            entry.ticket(),
            entry.requestId(),
            details,
            digest,
            Digests.body(entry, digest),
            appended.tenant
        };
    }

    /** Entries of a trail in their order, from a number on. */
    List<Chained> from(UUID tenant, long seq, int limit) {
        return between(tenant, seq, Long.MAX_VALUE, limit);
    }

    /** Entries of a trail in their order, from one number to another, both included; no more than {@code limit}. */
    List<Chained> between(UUID tenant, long first, long last, int limit) {
        return jdbc.sql("select " + COLUMNS
                        + " from audit_entry where tenant = ? and seq between ? and ? order by seq limit ?")
                .params(tenant, first, last, limit)
                .query((row, _) -> read(row))
                .list();
    }

    /** Entries of a trail that fit, the latest first, before a number. */
    List<Chained> latest(UUID tenant, EntryFilter filter, @Nullable Long before, int limit) {
        var sql = new StringBuilder("select " + COLUMNS + " from audit_entry where tenant = ?");
        var parameters = new ArrayList<Object>(List.of(tenant));
        if (before != null) {
            sql.append(" and seq < ?");
            parameters.add(before);
        }
        filter.addTo(sql, parameters);
        parameters.add(limit);
        return jdbc.sql(sql + " order by seq desc limit ?")
                .params(parameters)
                .query((row, _) -> read(row))
                .list();
    }

    /** The last entry of a trail; null where it has none. */
    @Nullable
    Chained head(UUID tenant) {
        return jdbc.sql("select " + COLUMNS + " from audit_entry where tenant = ? order by seq desc limit 1")
                .param(tenant)
                .query((row, _) -> read(row))
                .optional()
                .orElse(null);
    }

    private static Chained read(ResultSet row) throws SQLException {
        return new Chained(
                row.getObject("tenant", UUID.class),
                row.getLong("seq"),
                new Entry(
                        row.getObject("change", UUID.class),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("actor_kind"),
                        row.getString("actor_id"),
                        row.getString("key_id"),
                        row.getString("network"),
                        row.getString("action"),
                        row.getString("resource"),
                        Entry.Outcome.valueOf(row.getString("outcome")),
                        row.getString("reason"),
                        row.getString("ticket"),
                        row.getString("request_id"),
                        row.getString("details")),
                row.getBytes("details_digest"),
                row.getLong("checkpoint"),
                row.getBytes("previous"),
                row.getBytes("hash"));
    }
}
