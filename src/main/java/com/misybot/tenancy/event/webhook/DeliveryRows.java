package com.misybot.tenancy.event.webhook;

import com.github.f4b6a3.uuid.UuidCreator;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code webhook_delivery}. Runs inside the caller's transaction. */
@Repository
class DeliveryRows {

    private static final String SELECT = """
            select id, event_tenant, sequence, event, type, state, attempt, next_at, status, latency_ms, error, created_at, attempted_at
            from webhook_delivery where tenant = :tenant and webhook = :webhook
            """;

    private final JdbcClient jdbc;

    DeliveryRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is sent. */
    record Due(
            UUID id,
            Delivery.About about,
            int attempt,
            @Nullable String body) {}

    /** Which messages are meant: those that were never sent, in the order of the events, or those that are due again. */
    enum Lane {
        FIRST("attempt = 0 order by sequence, id"),
        AGAIN("attempt > 0 and next_at <= now() order by next_at, id");

        private final String condition;

        Lane(String condition) {
            this.condition = condition;
        }
    }

    /** What came of an attempt; without {@code again} it was the last one. */
    record Outcome(
            Due due,
            Delivery.State state,
            @Nullable Duration again,
            @Nullable Integer status,
            int latencyMs,
            @Nullable String error) {}

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
                    on exists (select from unnest(w.types) as p (pattern)
                        where pattern in ('*', e.type) or pattern like '%.*' and starts_with(e.type, left(pattern, -1)))
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

    /** Puts one message on the list. */
    void insert(UUID tenant, UUID webhook, UUID id, Delivery.About about, @Nullable String body) {
        jdbc.sql("""
                insert into webhook_delivery (tenant, webhook, id, event_tenant, sequence, event, type, body, state, created_at)
                values (:tenant, :webhook, :id, :eventTenant, :sequence, :event, :type, :body, 'PENDING', clock_timestamp())
                """)
                .param("tenant", tenant)
                .param("webhook", webhook)
                .param("id", id)
                .param("eventTenant", about.tenant())
                .param("sequence", about.sequence())
                .param("event", about.event())
                .param("type", about.type())
                .param("body", body)
                .update();
    }

    /** Events of a range that a webhook is told of, in their order. */
    List<Delivery.About> events(UUID tenant, UUID webhook, Deliveries.Range range, int limit) {
        return jdbc.sql("""
                select e.tenant as event_tenant, e.sequence, e.id as event, e.type from event e
                join webhook w on w.tenant = e.tenant and w.id = :webhook
                where e.tenant = :tenant and e.sequence between :fromSequence and :toSequence
                    and (:from::timestamptz is null or e.at >= :from::timestamptz)
                    and (:to::timestamptz is null or e.at <= :to::timestamptz)
                    and exists (select from unnest(w.types) as p (pattern)
                        where pattern in ('*', e.type) or pattern like '%.*' and starts_with(e.type, left(pattern, -1)))
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

    /** Puts a message about each event on the list. */
    void insertAll(UUID tenant, UUID webhook, List<Delivery.About> abouts) {
        jdbc.sql("""
                insert into webhook_delivery (tenant, webhook, id, event_tenant, sequence, event, type, state, created_at)
                select :tenant, :webhook, m.id, :tenant, m.sequence, m.event, m.type, 'PENDING', clock_timestamp()
                from unnest(:ids::uuid[], :sequences::bigint[], :events::uuid[], :types::text[]) as m (id, sequence, event, type)
                """)
                .param("tenant", tenant)
                .param("webhook", webhook)
                .param("ids", column(abouts, _ -> UuidCreator.getTimeOrderedEpoch()))
                .param("sequences", column(abouts, Delivery.About::sequence))
                .param("events", column(abouts, Delivery.About::event))
                .param("types", column(abouts, Delivery.About::type))
                .update();
    }

    /** What is due in a lane. */
    List<Due> due(UUID tenant, UUID webhook, Lane lane, int limit) {
        return jdbc.sql("select id, event_tenant, sequence, event, type, attempt, body from webhook_delivery"
                        + " where tenant = :tenant and webhook = :webhook and state = 'PENDING' and " + lane.condition
                        + " limit :limit")
                .param("tenant", tenant)
                .param("webhook", webhook)
                .param("limit", limit)
                .query((row, _) -> new Due(
                        row.getObject("id", UUID.class), about(row), row.getInt("attempt"), row.getString("body")))
                .list();
    }

    /** Writes down what came of attempts, of those messages that are still as they were when they were sent. */
    void record(UUID tenant, UUID webhook, List<Outcome> outcomes) {
        jdbc.sql("""
                update webhook_delivery d set attempt = d.attempt + 1, state = o.state, next_at = now() + o.again * interval '1 ms',
                    status = o.status, latency_ms = o.latency, error = o.error, attempted_at = clock_timestamp()
                from unnest(:ids::uuid[], :attempts::int[], :states::text[], :again::bigint[], :statuses::int[], :latencies::int[],
                    :errors::text[]) as o (id, attempt, state, again, status, latency, error)
                where d.tenant = :tenant and d.webhook = :webhook and d.id = o.id and d.attempt = o.attempt and d.state = 'PENDING'
                """)
                .param("tenant", tenant)
                .param("webhook", webhook)
                .param("ids", column(outcomes, outcome -> outcome.due().id()))
                .param("attempts", column(outcomes, outcome -> outcome.due().attempt()))
                .param("states", column(outcomes, Outcome::state))
                .param(
                        "again",
                        column(
                                outcomes,
                                one -> one.again() == null ? null : one.again().toMillis()))
                .param("statuses", column(outcomes, Outcome::status))
                .param("latencies", column(outcomes, Outcome::latencyMs))
                .param("errors", column(outcomes, Outcome::error))
                .update();
    }

    void cancelAll(UUID tenant, UUID webhook) {
        jdbc.sql("""
                update webhook_delivery set state = 'CANCELLED', next_at = null
                where tenant = :tenant and webhook = :webhook and state = 'PENDING'
                """).param("tenant", tenant).param("webhook", webhook).update();
    }

    /** Removes some of what is done with and older than that. */
    void forget(UUID tenant, UUID webhook, Duration keep, int limit) {
        jdbc.sql("""
                delete from webhook_delivery where tenant = :tenant and webhook = :webhook and id in (
                    select id from webhook_delivery where tenant = :tenant and webhook = :webhook
                    and state <> 'PENDING' and created_at < now() - :keep * interval '1 second' order by id limit :limit)
                """)
                .param("tenant", tenant)
                .param("webhook", webhook)
                .param("keep", keep.toSeconds())
                .param("limit", limit)
                .update();
    }

    Optional<Delivery> find(UUID tenant, UUID webhook, UUID id) {
        return jdbc.sql(SELECT + " and id = :id")
                .param("tenant", tenant)
                .param("webhook", webhook)
                .param("id", id)
                .query((row, _) -> delivery(row))
                .optional();
    }

    /** A part of the log, the latest first. */
    List<Delivery> list(UUID tenant, UUID webhook, Delivery.@Nullable State state, @Nullable UUID before, int limit) {
        return jdbc.sql(SELECT + (before == null ? "" : " and id < :before")
                        + (state == null ? "" : " and state = :state") + " order by id desc limit :limit")
                .param("tenant", tenant)
                .param("webhook", webhook)
                .param("before", before)
                .param("state", state == null ? null : state.name())
                .param("limit", limit)
                .query((row, _) -> delivery(row))
                .list();
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static <T> @Nullable String[] column(List<T> rows, Function<T, @Nullable Object> value) {
        var column = new @Nullable String[rows.size()];
        for (var i = 0; i < column.length; i++) {
            var one = value.apply(rows.get(i));
            column[i] = one == null ? null : one.toString();
        }
        return column;
    }

    private static Delivery.About about(ResultSet row) throws SQLException {
        return new Delivery.About(
                row.getObject("event_tenant", UUID.class),
                row.getLong("sequence"),
                row.getObject("event", UUID.class),
                row.getString("type"));
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                row.getObject("id", UUID.class),
                about(row),
                Delivery.State.valueOf(row.getString("state")),
                row.getInt("attempt"),
                instant(row, "next_at"),
                row.getObject("status", Integer.class),
                row.getObject("latency_ms", Integer.class),
                row.getString("error"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "attempted_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
