package com.misybot.tenancy.operation;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code operation}. Works in the scope that its caller has entered. */
final class OperationStore {

    private static final String SELECT = "select o.* from operation o ";
    private static final String FOR_CHANGE = " for no key update";
    private static final String INSERT = """
            insert into operation (tenant, id, kind, tenant_id, cancellable, created_by, created_at, input, status,
                progress_done, progress_total, steps, result, error, started_at, cancel_requested_at, ended_at, fence, version)
            values (:tenant, :id, :kind, :tenantId, :cancellable, :createdBy, :createdAt, :input::jsonb, :status,
                :done, :total, :steps::jsonb, :result::jsonb, :error::jsonb, :startedAt, :cancelRequestedAt, :endedAt, :fence, :version)
            """;
    private static final String UPDATE = """
            update operation
            set status = :status, progress_done = :done, progress_total = :total, steps = :steps::jsonb, result = :result::jsonb,
                error = :error::jsonb, started_at = :startedAt, cancel_requested_at = :cancelRequestedAt, ended_at = :endedAt,
                fence = :fence, version = :version
            where tenant = :tenant and id = :id and version = :present and fence <= :fence
            """;
    private static final String CHANGED = SELECT + """
            join unnest(string_to_array(:ids, ',')::uuid[], string_to_array(:versions, ',')::bigint[]) as known (id, version)
                on o.id = known.id and o.version > known.version
            """;

    private final JdbcClient jdbc;
    private final OperationJson json;

    OperationStore(JdbcClient jdbc, OperationJson json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void insert(Operation operation, @Nullable Object input) {
        jdbc.sql(INSERT)
                .param("tenant", operation.owner().tenant())
                .param("id", operation.id())
                .param("kind", operation.kind())
                .param(
                        "tenantId",
                        text(
                                operation.tenantId() == null
                                        ? null
                                        : operation.tenantId().value()))
                .param("cancellable", operation.cancellable())
                .param("createdBy", operation.createdBy())
                .param("createdAt", time(operation.createdAt()))
                .param("input", text(json.write(input)))
                .params(state(operation.state()))
                .update();
    }

    /**
     * Writes the next state over the present one.
     *
     * @return whether it did: somebody else may have written in between
     */
    boolean update(Operation present, Operation next) {
        var updated = jdbc.sql(UPDATE)
                .param("tenant", present.owner().tenant())
                .param("id", present.id())
                .param("present", present.version())
                .params(state(next.state()))
                .update();
        return updated == 1;
    }

    @Nullable
    Operation find(UUID id) {
        return find(id, "");
    }

    /** Finds it for a change: whoever else wants to change it waits. */
    @Nullable
    Operation lock(UUID id) {
        return find(id, FOR_CHANGE);
    }

    private @Nullable Operation find(UUID id, String lock) {
        return jdbc.sql(SELECT + "where o.id = :id" + lock)
                .param("id", id)
                .query((row, _) -> operation(row))
                .optional()
                .orElse(null);
    }

    /** An operation with what was ordered with it. */
    record Ordered(Operation operation, @Nullable String input) {}

    /** Finds it with what was ordered, for a change. */
    @Nullable
    Ordered lockOrdered(UUID id) {
        return jdbc.sql(SELECT + "where o.id = :id" + FOR_CHANGE)
                .param("id", id)
                .query((row, _) -> new Ordered(operation(row), row.getString("input")))
                .optional()
                .orElse(null);
    }

    List<Operation> list(OperationFilter filter, Visibility visibility, Operations.Order order) {
        var conditions = new ArrayList<String>();
        var binds = new HashMap<String, Object>();
        narrow(filter, visibility, conditions, binds);
        if (order.after() != null) {
            binds.put("afterTime", time(order.after().createdAt()));
            binds.put("afterId", order.after().id());
            conditions.add("(created_at, id) " + (order.descending() ? "<" : ">") + " (:afterTime, :afterId)");
        }
        var direction = order.descending() ? " desc" : "";
        return jdbc.sql(SELECT + where(conditions) + " order by created_at" + direction + ", id" + direction + " limit "
                        + order.limit())
                .params(binds)
                .query((row, _) -> operation(row))
                .list();
    }

    long count(OperationFilter filter, Visibility visibility) {
        var conditions = new ArrayList<String>();
        var binds = new HashMap<String, Object>();
        narrow(filter, visibility, conditions, binds);
        return jdbc.sql("select count(*) from operation " + where(conditions))
                .params(binds)
                .query(Long.class)
                .single();
    }

    /** Those that have moved on since these versions. */
    List<Operation> changedSince(Map<UUID, Long> versions) {
        return jdbc.sql(CHANGED)
                .param("ids", joined(versions.keySet()))
                .param("versions", joined(versions.values()))
                .query((row, _) -> operation(row))
                .list();
    }

    /** Owners of operations that ended so long ago, by the clock of the database. */
    List<UUID> ownersOfExpired(Duration age, int limit) {
        return jdbc.sql(
                        "select distinct tenant from (select tenant from operation where ended_at < now() - :age::interval"
                                + " order by ended_at limit :limit) expired order by tenant")
                .param("age", age.toString())
                .param("limit", limit)
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    int deleteExpired(UUID owner, Duration age) {
        return jdbc.sql("delete from operation where tenant = :tenant and ended_at < now() - :age::interval")
                .param("tenant", owner)
                .param("age", age.toString())
                .update();
    }

    private Map<String, ?> state(Operation.State state) {
        var binds = new HashMap<String, @Nullable Object>();
        binds.put("status", state.status().name());
        binds.put("done", state.progress().done());
        binds.put("total", new SqlParameterValue(Types.BIGINT, state.progress().total()));
        binds.put("steps", json.write(state.steps()));
        binds.put("result", text(json.write(state.result())));
        binds.put("error", text(json.write(state.error())));
        binds.put("startedAt", time(state.startedAt()));
        binds.put("cancelRequestedAt", time(state.cancelRequestedAt()));
        binds.put("endedAt", time(state.endedAt()));
        binds.put("fence", state.fence());
        binds.put("version", state.version());
        return binds;
    }

    private static void narrow(
            OperationFilter filter, Visibility visibility, List<String> conditions, Map<String, Object> binds) {
        visibility.narrow(conditions, binds);
        if (filter.status() != null) {
            conditions.add("status = :status");
            binds.put("status", filter.status().name());
        }
        if (filter.kind() != null) {
            conditions.add("kind = :kind");
            binds.put("kind", filter.kind());
        }
        if (filter.tenantId() != null) {
            conditions.add("tenant_id = :tenantId");
            binds.put("tenantId", filter.tenantId().value());
        }
        if (filter.createdFrom() != null) {
            conditions.add("created_at >= :createdFrom");
            binds.put("createdFrom", filter.createdFrom().atOffset(ZoneOffset.UTC));
        }
        if (filter.createdTo() != null) {
            conditions.add("created_at < :createdTo");
            binds.put("createdTo", filter.createdTo().atOffset(ZoneOffset.UTC));
        }
    }

    private static String where(List<String> conditions) {
        return conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
    }

    private static String joined(Iterable<?> values) {
        var texts = new ArrayList<String>();
        values.forEach(value -> texts.add(value.toString()));
        return texts.stream().collect(Collectors.joining(","));
    }

    private Operation operation(ResultSet row) throws SQLException {
        var tenantId = row.getString("tenant_id");
        var createdAt = instant(row, "created_at");
        if (createdAt == null) {
            throw new IllegalStateException("An operation without a time of creation");
        }
        return new Operation(
                row.getObject("id", UUID.class),
                Scope.tenant(row.getObject("tenant", UUID.class)),
                row.getString("kind"),
                tenantId == null ? null : new TenantId(tenantId),
                row.getBoolean("cancellable"),
                row.getString("created_by"),
                createdAt,
                new Operation.State(
                        OperationStatus.valueOf(row.getString("status")),
                        new Progress(row.getLong("progress_done"), row.getObject("progress_total", Long.class)),
                        json.steps(row.getString("steps")),
                        json.read(row.getString("result"), tools.jackson.databind.JsonNode.class),
                        json.read(row.getString("error"), Failure.class),
                        instant(row, "started_at"),
                        instant(row, "cancel_requested_at"),
                        instant(row, "ended_at"),
                        row.getLong("fence"),
                        row.getLong("version")));
    }

    /** With its type also where it is null: a statement whose parameters change their types is parsed and planned anew. */
    private static SqlParameterValue text(@Nullable String text) {
        return new SqlParameterValue(Types.VARCHAR, text);
    }

    private static SqlParameterValue time(@Nullable Instant instant) {
        return new SqlParameterValue(
                Types.TIMESTAMP_WITH_TIMEZONE, instant == null ? null : instant.atOffset(ZoneOffset.UTC));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
