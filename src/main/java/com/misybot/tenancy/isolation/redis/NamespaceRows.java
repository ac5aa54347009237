package com.misybot.tenancy.isolation.redis;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code namespace}, as far as Redis is meant. Runs inside the caller's transaction. */
@Repository
class NamespaceRows {

    private static final String SELECT = """
            select tenant, generation, password_sha256, closed_by, issued_at, issued_by from namespace where store = 'redis'
            """;

    private final JdbcClient jdbc;

    NamespaceRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<NamespaceRow> find(UUID tenant) {
        return jdbc.sql(SELECT + " and tenant = :tenant")
                .param("tenant", tenant)
                .query((row, _) -> namespace(row))
                .optional();
    }

    /** Those that have a user or had one, the next ones in the order of the tenants' UUIDs. */
    List<NamespaceRow> next(@Nullable UUID after, int limit) {
        return jdbc.sql(SELECT + " and generation > 0 and tenant > :after order by tenant limit :limit")
                .param("after", after == null ? Scope.NIL : after)
                .param("limit", limit)
                .query((row, _) -> namespace(row))
                .list();
    }

    /** A tenant without a user; where there is a row, it stays. */
    void add(UUID tenant) {
        jdbc.sql(
                        "insert into namespace (tenant, store, generation) values (:tenant, 'redis', 0) on conflict do nothing")
                .param("tenant", tenant)
                .update();
    }

    /** Takes the row away where the tenant never had a user. */
    void removeUnused(UUID tenant) {
        jdbc.sql("delete from namespace where tenant = :tenant and store = 'redis' and generation = 0")
                .param("tenant", tenant)
                .update();
    }

    /** Writes a password down, in the place of the one before. */
    void issue(UUID tenant, byte[] sha256, Actor actor) {
        jdbc.sql("""
                insert into namespace (tenant, store, generation, password_sha256, issued_at, issued_by)
                values (:tenant, 'redis', 1, :sha256, clock_timestamp(), :actor)
                on conflict (tenant, store) do update set generation = namespace.generation + 1,
                    password_sha256 = excluded.password_sha256, issued_at = excluded.issued_at, issued_by = excluded.issued_by
                """)
                .param("tenant", tenant)
                .param("sha256", sha256)
                .param("actor", actor.toString())
                .update();
    }

    /** Takes the password away. The row stays: who has had a user may have one in Redis still. */
    void revoke(UUID tenant) {
        jdbc.sql("""
                update namespace set generation = generation + 1, password_sha256 = null, issued_at = null, issued_by = null
                where tenant = :tenant and store = 'redis'
                """).param("tenant", tenant).update();
    }

    /** Keeps writers out for an operation. */
    void close(UUID tenant, UUID operation) {
        jdbc.sql("""
                insert into namespace (tenant, store, generation, closed_by) values (:tenant, 'redis', 1, :operation)
                on conflict (tenant, store) do update set generation = namespace.generation + 1, closed_by = excluded.closed_by
                """).param("tenant", tenant).param("operation", operation).update();
    }

    /** Lets them in again, unless another operation keeps them out by now. */
    void open(UUID tenant, UUID operation) {
        jdbc.sql("""
                update namespace set generation = generation + 1, closed_by = null
                where tenant = :tenant and store = 'redis' and closed_by = :operation
                """).param("tenant", tenant).param("operation", operation).update();
    }

    private static NamespaceRow namespace(ResultSet row) throws SQLException {
        var sha256 = row.getBytes("password_sha256");
        var issuedAt = row.getObject("issued_at", OffsetDateTime.class);
        return new NamespaceRow(
                row.getObject("tenant", UUID.class),
                row.getLong("generation"),
                sha256 == null ? null : HexFormat.of().formatHex(sha256),
                row.getObject("closed_by", UUID.class),
                issuedAt == null ? null : issuedAt.toInstant(),
                row.getString("issued_by"));
    }
}
