package com.misybot.tenancy.tenant.bulk;

import com.misybot.tenancy.operation.TenantResults;
import com.misybot.tenancy.tenant.TenantMoves.Moved;
import com.misybot.tenancy.tenant.TenantStatus;
import com.misybot.tenancy.web.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code bulk_move_result}. Runs inside the caller's transaction. */
@Repository
public class BulkResults implements TenantResults {

    /** What came of a tenant, or would. */
    public enum Outcome {
        MOVED,
        /** It was there already. */
        UNCHANGED,
        REFUSED
    }

    /**
     * What came of one tenant.
     *
     * @param tenant whose result it is
     * @param tenantId its slug
     * @param outcome what came of it
     * @param before what it was; null where it was refused
     * @param after what it is since; null where it was refused
     * @param code why it was refused
     * @param detail the same for people
     * @param recordedAt when
     */
    public record Result(
            UUID tenant,
            String tenantId,
            Outcome outcome,
            @Nullable TenantStatus before,
            @Nullable TenantStatus after,
            @Nullable String code,
            @Nullable String detail,
            Instant recordedAt) {}

    private final JdbcClient jdbc;

    BulkResults(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean exists(UUID tenant, UUID operation) {
        return jdbc.sql("select exists (select from bulk_move_result where tenant = ? and operation = ?)")
                .param(tenant)
                .param(operation)
                .query(Boolean.class)
                .single();
    }

    void moved(UUID tenant, UUID operation, String tenantId, Moved moved) {
        insert(
                tenant,
                operation,
                tenantId,
                moved.before() == moved.after() ? Outcome.UNCHANGED : Outcome.MOVED,
                moved,
                null);
    }

    void refused(UUID tenant, UUID operation, String tenantId, Problem why) {
        insert(tenant, operation, tenantId, Outcome.REFUSED, null, why);
    }

    private void insert(
            UUID tenant,
            UUID operation,
            String tenantId,
            Outcome outcome,
            @Nullable Moved moved,
            @Nullable Problem why) {
        jdbc.sql("""
                insert into bulk_move_result (tenant, operation, tenant_id, outcome, status_before, status_after, code, detail)
                values (:tenant, :operation, :tenantId, :outcome, :before, :after, :code, :detail)
                """)
                .param("tenant", tenant)
                .param("operation", operation)
                .param("tenantId", tenantId)
                .param("outcome", outcome.name())
                .param("before", moved == null ? null : moved.before().name())
                .param("after", moved == null ? null : moved.after().name())
                .param("code", why == null ? null : why.code().code())
                .param("detail", why == null ? null : why.detail())
                .update();
    }

    long count(UUID operation, Outcome outcome) {
        return jdbc.sql("select count(*) from bulk_move_result where operation = ? and outcome = ?")
                .param(operation)
                .param(outcome.name())
                .query(Long.class)
                .single();
    }

    /**
     * How far an operation has come.
     *
     * @param done how many tenants have a result
     * @param last the last of them in the order of their UUIDs
     */
    record Reached(long done, @Nullable UUID last) {}

    Reached reached(UUID operation) {
        return jdbc.sql("""
                select count(*) as done, (array_agg(tenant order by tenant desc))[1] as last
                from bulk_move_result where operation = ?
                """)
                .param(operation)
                .query((row, _) -> new Reached(row.getLong("done"), row.getObject("last", UUID.class)))
                .single();
    }

    /** A part of the results of an operation, in the order of the UUIDs of the tenants. */
    public List<Result> list(UUID operation, @Nullable UUID after, int limit) {
        var statement = jdbc.sql("select * from bulk_move_result where operation = :operation"
                        + (after == null ? "" : " and tenant > :after") + " order by tenant limit :limit")
                .param("operation", operation)
                .param("limit", limit);
        return (after == null ? statement : statement.param("after", after))
                .query((row, _) -> result(row))
                .list();
    }

    @Override
    public List<UUID> operations() {
        return jdbc.sql("select distinct operation from bulk_move_result")
                .query((row, _) -> row.getObject("operation", UUID.class))
                .list();
    }

    @Override
    public List<UUID> tenants(UUID operation, int limit) {
        return list(operation, null, limit).stream().map(Result::tenant).toList();
    }

    @Override
    public void delete(UUID tenant, UUID operation) {
        jdbc.sql("delete from bulk_move_result where tenant = ? and operation = ?")
                .param(tenant)
                .param(operation)
                .update();
    }

    private static Result result(ResultSet row) throws SQLException {
        return new Result(
                row.getObject("tenant", UUID.class),
                row.getString("tenant_id"),
                Outcome.valueOf(row.getString("outcome")),
                status(row.getString("status_before")),
                status(row.getString("status_after")),
                row.getString("code"),
                row.getString("detail"),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant());
    }

    private static @Nullable TenantStatus status(@Nullable String name) {
        return name == null ? null : TenantStatus.valueOf(name);
    }
}
