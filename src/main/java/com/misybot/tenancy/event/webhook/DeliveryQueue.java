package com.misybot.tenancy.event.webhook;

import static com.misybot.tenancy.event.webhook.DeliveryRows.column;

import com.misybot.tenancy.outbound.OutboundUrl;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is to be sent, of the table {@code webhook_delivery}, and what came of it. Runs inside the caller's transaction. */
@Repository
class DeliveryQueue {

    // The webhook is read with its messages: they are sent to the URL and signed by the secrets that hold now
    private static final String DUE = """
            select m.id, m.event_tenant, m.sequence, m.event, m.type, m.attempt, m.body, w.url, w.secret_number, w.secret,
                case when w.previous_until > clock_timestamp() then w.previous_secret end as previous
            from webhook w cross join lateral (
                select * from webhook_delivery m
                where m.tenant = w.tenant and m.webhook = w.id and m.state = 'PENDING' and m.id <> all (:underway::uuid[])
                    and\s""";

    private static final String OF_WHO_IS_AWAKE = """
             limit :limit) m
            where w.tenant = :tenant and w.id = :webhook and w.enabled and (w.rests_until is null or w.rests_until <= now())
            """;

    private final JdbcClient jdbc;

    DeliveryQueue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is sent. */
    record Due(
            UUID id,
            Delivery.About about,
            int attempt,
            @Nullable String body) {}

    /** Messages of one webhook that are due, where they go, and what they are signed with. */
    record Claimed(OutboundUrl url, WebhookRows.Sealed secrets, List<Due> due) {}

    /** Which messages are meant: those that were never sent, in their order, or those that are due again. */
    enum Lane {
        FIRST("m.attempt = 0", " order by m.place, m.id"),
        AGAIN("m.attempt > 0 and m.next_at <= now()", " order by m.next_at, m.id");

        private final String sql;

        Lane(String condition, String order) {
            this.sql = DUE + condition + order + OF_WHO_IS_AWAKE + order;
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
     * The next messages of a lane; null where there are none, or the webhook is disabled or rests.
     *
     * @param underway messages that are left out, because they have been sent and it is not known yet what comes of them
     */
    @Nullable
    Claimed due(UUID tenant, UUID webhook, Lane lane, Collection<UUID> underway, int limit) {
        record Row(Due due, OutboundUrl url, WebhookRows.Sealed secrets) {}
        var rows = jdbc.sql(lane.sql)
                .param("tenant", tenant)
                .param("webhook", webhook)
                .param("underway", column(List.copyOf(underway), id -> id))
                .param("limit", limit)
                .query((row, _) -> new Row(due(row), OutboundUrl.of(row.getString("url")), WebhookRows.sealed(row)))
                .list();
        return rows.isEmpty()
                ? null
                : new Claimed(
                        rows.getFirst().url(),
                        rows.getFirst().secrets(),
                        rows.stream().map(Row::due).toList());
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

    private static Due due(ResultSet row) throws SQLException {
        return new Due(
                row.getObject("id", UUID.class), DeliveryRows.about(row), row.getInt("attempt"), row.getString("body"));
    }
}
