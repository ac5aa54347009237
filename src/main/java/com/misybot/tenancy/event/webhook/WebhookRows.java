package com.misybot.tenancy.event.webhook;

import com.misybot.tenancy.outbound.OutboundUrl;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code webhook}. Runs inside the caller's transaction. */
@Repository
class WebhookRows {

    private static final String SELECT = """
            select tenant, id, url, types, description, enabled, disabled_because, failing_since, previous_until, version,
                created_at, created_by, updated_at, updated_by
            from webhook where tenant = :tenant
            """;

    private final JdbcClient jdbc;

    WebhookRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What messages are signed with, sealed; the previous one where it is used still. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares rows
    record Sealed(int number, byte[] secret, byte @Nullable [] previous) {}

    /** The time of this statement: that of the transaction is from before it waited for the lock. */
    Instant time() {
        return jdbc.sql("select clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    int count(UUID tenant) {
        return jdbc.sql("select count(*) from webhook where tenant = :tenant")
                .param("tenant", tenant)
                .query(Integer.class)
                .single();
    }

    Optional<Webhook> find(UUID tenant, UUID id) {
        return jdbc.sql(SELECT + " and id = :id")
                .param("tenant", tenant)
                .param("id", id)
                .query((row, _) -> webhook(row))
                .optional();
    }

    /** A part of all, in the order they were made in. */
    List<Webhook> list(UUID tenant, @Nullable UUID after, int limit) {
        return jdbc.sql(SELECT + (after == null ? "" : " and id > :after") + " order by id limit :limit")
                .param("tenant", tenant)
                .param("after", after)
                .param("limit", limit)
                .query((row, _) -> webhook(row))
                .list();
    }

    void insert(Webhook webhook, byte[] sealed) {
        jdbc.sql("""
                insert into webhook (tenant, id, url, types, description, enabled, disabled_because, secret, secret_number, version,
                    created_at, created_by, updated_at, updated_by)
                values (:tenant, :id, :url, :types, :description, :enabled, :because, :secret, 1, :version,
                    :createdAt, :createdBy, :createdAt, :createdBy)
                """)
                .param("tenant", webhook.tenant())
                .param("id", webhook.id())
                .param("url", webhook.terms().url().toString())
                .param("types", types(webhook.terms()))
                .param("description", webhook.terms().description())
                .param("enabled", webhook.terms().enabled())
                .param("because", webhook.terms().enabled() ? null : Webhook.Because.CALLER.name())
                .param("secret", sealed)
                .param("version", webhook.version())
                .param("createdAt", timestamp(webhook.createdAt()))
                .param("createdBy", webhook.createdBy())
                .update();
    }

    /** Writes what a client may set. Whoever is told again, or elsewhere, begins without a past. */
    void update(UUID tenant, UUID id, Webhook.Terms terms, boolean anew, Instant now, String by) {
        jdbc.sql("""
                update webhook set url = :url, types = :types, description = :description, enabled = :enabled,
                    disabled_because = case when :enabled then null else coalesce(disabled_because, 'CALLER') end,
                    failing_since = case when :anew then null else failing_since end,
                    rests = case when :anew then 0 else rests end, rests_until = case when :anew then null else rests_until end,
                    version = version + 1, updated_at = :now, updated_by = :by
                where tenant = :tenant and id = :id
                """)
                .param("tenant", tenant)
                .param("id", id)
                .param("url", terms.url().toString())
                .param("types", types(terms))
                .param("description", terms.description())
                .param("enabled", terms.enabled())
                .param("anew", anew)
                .param("now", timestamp(now))
                .param("by", by)
                .update();
    }

    void delete(UUID tenant, UUID id) {
        jdbc.sql("delete from webhook where tenant = :tenant and id = :id")
                .param("tenant", tenant)
                .param("id", id)
                .update();
    }

    void disable(UUID tenant, UUID id, Webhook.Because because, String by) {
        jdbc.sql("""
                update webhook set enabled = false, disabled_because = :because, version = version + 1,
                    updated_at = clock_timestamp(), updated_by = :by
                where tenant = :tenant and id = :id
                """)
                .param("tenant", tenant)
                .param("id", id)
                .param("because", because.name())
                .param("by", by)
                .update();
    }

    Optional<Sealed> secrets(UUID tenant, UUID id) {
        return jdbc.sql("""
                select secret_number, secret, case when previous_until > clock_timestamp() then previous_secret end as previous
                from webhook where tenant = :tenant and id = :id
                """)
                .param("tenant", tenant)
                .param("id", id)
                .query((row, _) -> sealed(row))
                .optional();
    }

    static Sealed sealed(ResultSet row) throws SQLException {
        return new Sealed(row.getInt("secret_number"), row.getBytes("secret"), row.getBytes("previous"));
    }

    /** Puts another secret in place; the present one becomes the previous one, or is forgotten where {@code until} is null. */
    void rotate(UUID tenant, UUID id, byte[] sealed, @Nullable Instant until, Instant now, String by) {
        jdbc.sql("""
                update webhook set previous_secret = case when :until::timestamptz is null then null else secret end,
                    previous_until = :until, secret = :secret, secret_number = secret_number + 1, version = version + 1,
                    updated_at = :now, updated_by = :by
                where tenant = :tenant and id = :id
                """)
                .param("tenant", tenant)
                .param("id", id)
                .param("secret", sealed)
                .param("until", until == null ? null : timestamp(until), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("now", timestamp(now))
                .param("by", by)
                .update();
    }

    /** A message was accepted. */
    void thrives(UUID tenant, UUID id) {
        jdbc.sql("""
                update webhook set failing_since = null, rests = 0, rests_until = null
                where tenant = :tenant and id = :id and (failing_since is not null or rests > 0 or rests_until is not null)
                """).param("tenant", tenant).param("id", id).update();
    }

    /**
     * No message was accepted, of some that were sent.
     *
     * @param silent whether nobody answered: then it rests for 5 s, and twice as long each time that is so again, up to 5 minutes; what
     *     comes to nothing while it rests makes that no longer
     * @param asked how long the receiver asked to be left alone; zero where it did not
     * @return whether it has failed for {@code disableAfter} now
     */
    boolean fails(UUID tenant, UUID id, boolean silent, Duration asked, Duration disableAfter) {
        return jdbc.sql("""
                update webhook set failing_since = coalesce(failing_since, now()),
                    rests = case when not :silent then 0 when rests_until > now() then rests else rests + 1 end,
                    rests_until = greatest(case when rests_until > now() then rests_until end, now() + greatest(
                        case when :silent and (rests_until is null or rests_until <= now())
                            then least(5 * power(2, least(rests, 10)), 300) else 0 end,
                        least(:asked, 300)) * interval '1 second')
                where tenant = :tenant and id = :id
                returning failing_since <= now() - :disableAfter * interval '1 second'
                """)
                .param("tenant", tenant)
                .param("id", id)
                .param("silent", silent)
                .param("asked", asked.toSeconds())
                .param("disableAfter", disableAfter.toSeconds())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    private static String[] types(Webhook.Terms terms) {
        return terms.types().stream().map(TypePattern::text).toArray(String[]::new);
    }

    private static Webhook webhook(ResultSet row) throws SQLException {
        var because = row.getString("disabled_because");
        return new Webhook(
                row.getObject("tenant", UUID.class),
                row.getObject("id", UUID.class),
                new Webhook.Terms(
                        OutboundUrl.of(row.getString("url")),
                        Arrays.stream((String[]) row.getArray("types").getArray())
                                .map(TypePattern::new)
                                .toList(),
                        row.getString("description"),
                        row.getBoolean("enabled")),
                because == null ? null : Webhook.Because.valueOf(because),
                instant(row, "failing_since"),
                instant(row, "previous_until"),
                row.getLong("version"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("created_by"),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getString("updated_by"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
