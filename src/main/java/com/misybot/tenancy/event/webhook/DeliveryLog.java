package com.misybot.tenancy.event.webhook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code webhook_delivery} as the log that people read. Runs inside the caller's transaction. */
@Repository
class DeliveryLog {

    private static final String SELECT = """
            select id, event_tenant, sequence, event, type, state, attempt, next_at, status, latency_ms, error, created_at, attempted_at
            from webhook_delivery where tenant = :tenant and webhook = :webhook
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    DeliveryLog(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
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

    /**
     * Removes some of what is done with and older than that. Ids begin with the time they were made at, and so what is too young is
     * not looked at.
     */
    void forget(UUID tenant, UUID webhook, Duration keep, int limit) {
        jdbc.sql("""
                delete from webhook_delivery where tenant = :tenant and webhook = :webhook and id in (
                    select id from webhook_delivery where tenant = :tenant and webhook = :webhook and id < :firstKept
                    and state <> 'PENDING' and created_at < now() - :keep * interval '1 second' order by id limit :limit)
                """)
                .param("tenant", tenant)
                .param("webhook", webhook)
                .param("firstKept", firstOf(clock.instant().minus(keep)))
                .param("keep", keep.toSeconds())
                .param("limit", limit)
                .update();
    }

    /** Before every UUIDv7 of this time (RFC 9562, section 5.7). */
    static UUID firstOf(Instant time) {
        return new UUID(time.toEpochMilli() << 16 | 0x7000, 0);
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                row.getObject("id", UUID.class),
                DeliveryRows.about(row),
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
