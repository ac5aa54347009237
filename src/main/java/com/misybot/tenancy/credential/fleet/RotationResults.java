package com.misybot.tenancy.credential.fleet;

import com.misybot.tenancy.operation.TenantResults;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code secret_rotation_result}. Runs inside the caller's transaction. */
@Repository
class RotationResults implements TenantResults {

    /** Whether a tenant has a new secret. */
    enum Status {
        ROTATED,
        FAILED
    }

    /**
     * What came of one tenant.
     *
     * @param tenant whose result it is
     * @param tenantId its slug
     * @param status whether it has a new secret
     * @param secretId the new secret
     * @param jwe the new secret, encrypted to its recipient
     * @param code why there is none
     * @param recordedAt when
     */
    record Result(
            UUID tenant,
            String tenantId,
            Status status,
            @Nullable String secretId,
            @Nullable String jwe,
            @Nullable String code,
            Instant recordedAt) {}

    private final JdbcClient jdbc;

    RotationResults(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean exists(UUID tenant, UUID operation) {
        return jdbc.sql("select exists (select from secret_rotation_result where tenant = ? and operation = ?)")
                .param(tenant)
                .param(operation)
                .query(Boolean.class)
                .single();
    }

    void rotated(UUID tenant, UUID operation, String tenantId, String secretId, String jwe) {
        insert(tenant, operation, tenantId, Status.ROTATED, secretId, jwe, null);
    }

    void failed(UUID tenant, UUID operation, String tenantId, String code) {
        insert(tenant, operation, tenantId, Status.FAILED, null, null, code);
    }

    private void insert(
            UUID tenant,
            UUID operation,
            String tenantId,
            Status status,
            @Nullable String secretId,
            @Nullable String jwe,
            @Nullable String code) {
        jdbc.sql("""
                insert into secret_rotation_result (tenant, operation, tenant_id, status, secret_id, jwe, code)
                values (:tenant, :operation, :tenantId, :status, :secretId, :jwe, :code)
                """)
                .param("tenant", tenant)
                .param("operation", operation)
                .param("tenantId", tenantId)
                .param("status", status.name())
                .param("secretId", secretId)
                .param("jwe", jwe)
                .param("code", code)
                .update();
    }

    long count(UUID operation, Status status) {
        return jdbc.sql("select count(*) from secret_rotation_result where operation = ? and status = ?")
                .param(operation)
                .param(status.name())
                .query(Long.class)
                .single();
    }

    /** A part of the results of an operation, in the order of the UUIDs of the tenants. */
    List<Result> list(UUID operation, @Nullable UUID after, int limit) {
        var statement = jdbc.sql("""
                select tenant, tenant_id, status, secret_id, jwe, code, recorded_at from secret_rotation_result
                where operation = :operation
                """ + (after == null ? "" : " and tenant > :after") + " order by tenant limit :limit")
                .param("operation", operation)
                .param("limit", limit);
        return (after == null ? statement : statement.param("after", after))
                .query((row, _) -> result(row))
                .list();
    }

    @Override
    public List<UUID> operations() {
        return jdbc.sql("select distinct operation from secret_rotation_result")
                .query((row, _) -> row.getObject("operation", UUID.class))
                .list();
    }

    @Override
    public List<UUID> tenants(UUID operation, int limit) {
        return list(operation, null, limit).stream().map(Result::tenant).toList();
    }

    @Override
    public void delete(UUID tenant, UUID operation) {
        jdbc.sql("delete from secret_rotation_result where tenant = ? and operation = ?")
                .param(tenant)
                .param(operation)
                .update();
    }

    private static Result result(ResultSet row) throws SQLException {
        return new Result(
                row.getObject("tenant", UUID.class),
                row.getString("tenant_id"),
                Status.valueOf(row.getString("status")),
                row.getString("secret_id"),
                row.getString("jwe"),
                row.getString("code"),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant());
    }
}
