package com.misybot.tenancy.credential;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.LastStatements;
import com.misybot.tenancy.keyring.TenantKeyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code tenant_secret}. Runs inside the caller's transaction. */
@Repository
class SecretRows {

    private static final String SELECT = """
            select tenant, secret_id, version, created_at, created_by, expires_at, revoked_at, revoked_by, replaces,
                replaced_by, last_used_at
            from tenant_secret where tenant = :tenant
            """;

    private static final String INSERT_FIRST = """
            insert into tenant_secret (tenant, secret_id, hash, version, created_at, created_by)
            values (?, ?, ?, 1, clock_timestamp(), ?)
            """;

    private final JdbcClient jdbc;
    private final LastStatements last;

    SecretRows(JdbcClient jdbc, LastStatements last) {
        this.jdbc = jdbc;
        this.last = last;
    }

    /**
     * The time of this statement. The transaction has begun before it waited for the lock of its tenant, and so the time of the
     * transaction does not tell which of two changes came first.
     */
    Instant time() {
        return jdbc.sql("select clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    void insert(TenantSecret secret, byte[] hash) {
        jdbc.sql("""
                insert into tenant_secret (tenant, secret_id, hash, version, created_at, created_by, expires_at, replaces)
                values (:tenant, :id, :hash, :version, :createdAt, :createdBy, :expiresAt, :replaces)
                """)
                .param("tenant", secret.key().tenant())
                .param("id", secret.id())
                .param("hash", hash)
                .param("version", secret.version())
                .param("createdAt", time(secret.createdAt()))
                .param("createdBy", secret.createdBy())
                .param("expiresAt", time(secret.expiresAt()))
                .param("replaces", secret.replaces())
                .update();
    }

    /** Has the first secret of a tenant written at the end of the transaction, with the time of that: there is none that it could come before. */
    void insertFirst(TenantKeyId key, byte[] hash, Actor by) {
        last.add(() -> LastStatements.Last.of(INSERT_FIRST, key.tenant(), key.record(), hash, by.toString()));
    }

    /** Writes what a rotation and a revocation change. The caller holds the lock of the tenant. */
    void update(TenantSecret secret) {
        jdbc.sql("""
                update tenant_secret set version = version + 1, expires_at = :expiresAt, revoked_at = :revokedAt,
                    revoked_by = :revokedBy, replaced_by = :replacedBy
                where tenant = :tenant and secret_id = :id
                """)
                .param("tenant", secret.key().tenant())
                .param("id", secret.id())
                .param("expiresAt", time(secret.expiresAt()))
                .param("revokedAt", time(secret.revokedAt()))
                .param("revokedBy", secret.revokedBy())
                .param("replacedBy", secret.replacedBy())
                .update();
    }

    /** Writes a use down where it is later than what is written. */
    void used(TenantKeyId key, Instant minute) {
        jdbc.sql("""
                update tenant_secret set last_used_at = :minute, version = version + 1
                where tenant = :tenant and secret_id = :id and (last_used_at is null or last_used_at < :minute)
                """)
                .param("tenant", key.tenant())
                .param("id", key.record())
                .param("minute", time(minute))
                .update();
    }

    Optional<TenantSecret> find(UUID tenant, String id) {
        return jdbc.sql(SELECT + " and secret_id = :id")
                .param("tenant", tenant)
                .param("id", id)
                .query((row, _) -> secret(row))
                .optional();
    }

    /** Those that are accepted at an instant, the latest first. */
    List<TenantSecret> live(UUID tenant, Instant at) {
        return jdbc.sql(SELECT + " and revoked_at is null and (expires_at is null or expires_at > :at)"
                        + " order by created_at desc, secret_id desc")
                .param("tenant", tenant)
                .param("at", time(at))
                .query((row, _) -> secret(row))
                .list();
    }

    /** A part of all there ever were, the latest first. */
    List<TenantSecret> list(UUID tenant, TenantSecrets.@Nullable Position after, int limit) {
        var statement = jdbc.sql(SELECT
                        + (after == null ? "" : " and (created_at, secret_id) < (:createdAt, :id)")
                        + " order by created_at desc, secret_id desc limit :limit")
                .param("tenant", tenant)
                .param("limit", limit);
        if (after != null) {
            statement = statement.param("createdAt", time(after.createdAt())).param("id", after.id());
        }
        return statement.query((row, _) -> secret(row)).list();
    }

    private static TenantSecret secret(ResultSet row) throws SQLException {
        return new TenantSecret(
                new TenantKeyId(row.getObject("tenant", UUID.class), row.getString("secret_id")),
                row.getLong("version"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("created_by"),
                instant(row, "expires_at"),
                instant(row, "revoked_at"),
                row.getString("revoked_by"),
                row.getString("replaces"),
                row.getString("replaced_by"),
                instant(row, "last_used_at"));
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
