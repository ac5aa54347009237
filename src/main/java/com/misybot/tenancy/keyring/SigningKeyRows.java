package com.misybot.tenancy.keyring;

import com.misybot.tenancy.kernel.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code signing_key}. Runs inside the caller's transaction, among the platform's own rows. */
final class SigningKeyRows {

    private final JdbcClient jdbc;

    SigningKeyRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A key as it is stored.
     *
     * @param keyId thumbprint of the public key
     * @param sealed the private key
     * @param activeFrom from when on it signs
     * @param retiredAt from when on it signs no more; null while it has no successor
     * @param expiresAt from when on it is published no more
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares rows
    record Row(
            String keyId,
            byte[] sealed,
            Instant activeFrom,
            @Nullable Instant retiredAt,
            @Nullable Instant expiresAt) {

        boolean signsAt(Instant now) {
            return !activeFrom.isAfter(now) && (retiredAt == null || retiredAt.isAfter(now));
        }

        boolean isPublishedAt(Instant now) {
            return expiresAt == null || expiresAt.isAfter(now);
        }
    }

    /** Those with a private key still, in the order in which they sign. */
    List<Row> all() {
        return jdbc.sql("""
                select kid, sealed, active_from, retired_at, expires_at from signing_key
                where sealed is not null order by active_from, kid
                """).query((row, _) -> read(row)).list();
    }

    void insert(SigningKey key, byte[] sealed, Instant createdAt, Actor createdBy, Instant activeFrom) {
        jdbc.sql("""
                insert into signing_key (kid, public_key, sealed, created_at, created_by, active_from)
                values (?, ?, ?, ?, ?, ?)
                """)
                .params(
                        key.keyId(),
                        key.publicBytes(),
                        sealed,
                        timestamp(createdAt),
                        createdBy.toString(),
                        timestamp(activeFrom))
                .update();
    }

    /** Ends the key that has no end yet. */
    void retireLast(Instant retiredAt, Instant expiresAt) {
        jdbc.sql("update signing_key set retired_at = ?, expires_at = ? where retired_at is null")
                .params(timestamp(retiredAt), timestamp(expiresAt))
                .update();
    }

    /** Ends all keys now. */
    void expireAll(Instant now) {
        jdbc.sql("""
                update signing_key set retired_at = least(retired_at, ?), expires_at = ?
                where expires_at is null or expires_at > ?
                """).params(timestamp(now), timestamp(now), timestamp(now)).update();
    }

    /** Forgets the private half of keys that are published no more. */
    void forget(Instant now) {
        jdbc.sql("update signing_key set sealed = null where sealed is not null and expires_at <= ?")
                .param(timestamp(now))
                .update();
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                row.getString("kid"),
                row.getBytes("sealed"),
                row.getObject("active_from", OffsetDateTime.class).toInstant(),
                instant(row, "retired_at"),
                instant(row, "expires_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
