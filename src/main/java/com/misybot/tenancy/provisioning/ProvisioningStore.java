package com.misybot.tenancy.provisioning;

import com.misybot.tenancy.kernel.LastStatements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The tables {@code provisioning_run} and {@code provisioning_step}. Works in the transaction of its caller. */
@Repository
class ProvisioningStore {

    private static final String INSERT = """
            insert into provisioning_run (tenant, id, state, created_at, created_by) values (?, ?, ?, ?, ?)
            """;
    private static final String SELECT = """
            select r.*, s.name, s.position, s.state as step_state, s.attempts, s.undo_attempts, s.fence as step_fence,
                s.started_at as step_started_at, s.ended_at as step_ended_at, s.reason as step_reason
            from %s r left join provisioning_step s on s.tenant = r.tenant and s.run = r.id
            """;
    private static final String FIND =
            SELECT.formatted("provisioning_run") + " where r.tenant = :tenant and r.id = :id order by s.position";
    private static final String FIND_OPEN = SELECT.formatted("provisioning_run")
            + " where r.tenant = :tenant and r.ended_at is null order by s.position";
    private static final String LIST = SELECT.formatted("""
            (select * from provisioning_run where tenant = :tenant and (:before::uuid is null or id < :before) order by id desc limit :limit)
            """) + " order by r.id desc, s.position";

    /**
     * One statement, so that a journal costs its transaction two round trips. By its state and not by {@code ended_at}, or PostgreSQL may look for
     * the run among all that have not ended.
     */
    private static final String SAVE = """
            with run as (
                update provisioning_run set state = :state, reason = :reason, started_at = :startedAt, ended_at = :endedAt, fence = :fence,
                    abort_requested_at = :abortAt, abort_requested_by = :abortBy, abort_reason = :abortReason
                where tenant = :tenant and id = :id and fence <= :fence and state not in ('SUCCEEDED', 'FAILED')
                returning tenant, id
            )
            insert into provisioning_step
                (tenant, run, name, position, state, attempts, undo_attempts, fence, started_at, ended_at, reason)
            select run.tenant, run.id, s.name, s.position, s.state, s.attempts, s."undoAttempts", s.fence, s."startedAt", s."endedAt", s.reason
            from run cross join jsonb_to_recordset(:steps::jsonb) as s (name text, position int, state text, attempts int,
                "undoAttempts" int, fence bigint, "startedAt" timestamptz, "endedAt" timestamptz, reason text)
            on conflict (tenant, run, name) do update set state = excluded.state, attempts = excluded.attempts,
                undo_attempts = excluded.undo_attempts, fence = excluded.fence, started_at = excluded.started_at,
                ended_at = excluded.ended_at, reason = excluded.reason
            """;

    private static final String COUNT_OPEN =
            "select count(*) from provisioning_run where ended_at is null and created_at < now() - :age::interval";

    private final JdbcClient jdbc;
    private final LastStatements last;
    private final JsonMapper json;

    ProvisioningStore(JdbcClient jdbc, LastStatements last, JsonMapper json) {
        this.jdbc = jdbc;
        this.last = last;
        this.json = json;
    }

    /** Has a run written at the end of the transaction. */
    void insert(ProvisioningRun run) {
        last.add(() -> LastStatements.Last.of(
                INSERT, run.tenant(), run.id(), run.state().name(), time(run.createdAt()), run.createdBy()));
    }

    @Nullable
    ProvisioningRun find(UUID tenant, UUID id) {
        return first(runs(jdbc.sql(FIND).param("tenant", tenant).param("id", id)));
    }

    /** The run that has not ended; a tenant has one at most. */
    @Nullable
    ProvisioningRun findOpen(UUID tenant) {
        return first(runs(jdbc.sql(FIND_OPEN).param("tenant", tenant)));
    }

    /** The runs of a tenant, newest first. */
    List<ProvisioningRun> list(UUID tenant, @Nullable UUID before, int limit) {
        return runs(
                jdbc.sql(LIST).param("tenant", tenant).param("before", before).param("limit", limit));
    }

    /** Writes the run, and those of its steps that differ. */
    void save(ProvisioningRun present, ProvisioningRun next) {
        var changed = new ArrayList<>(next.steps());
        changed.removeAll(present.steps());
        var abort = next.abort();
        jdbc.sql(SAVE)
                .param("tenant", next.tenant())
                .param("id", next.id())
                .param("state", next.state().name())
                .param("reason", next.reason())
                .param("startedAt", time(next.startedAt()))
                .param("endedAt", time(next.endedAt()))
                .param("abortAt", abort == null ? null : time(abort.at()))
                .param("abortBy", abort == null ? null : abort.by())
                .param("abortReason", abort == null ? null : abort.reason())
                .param("fence", next.fence())
                .param("steps", json.writeValueAsString(changed))
                .update();
    }

    /** How many have not ended for so long, by the clock of the database. */
    long countOpen(Duration age) {
        return jdbc.sql(COUNT_OPEN)
                .param("age", age.toString())
                .query(Long.class)
                .single();
    }

    private static @Nullable ProvisioningRun first(List<ProvisioningRun> runs) {
        return runs.isEmpty() ? null : runs.getFirst();
    }

    private static List<ProvisioningRun> runs(JdbcClient.StatementSpec statement) {
        var runs = new LinkedHashMap<UUID, ProvisioningRun>();
        var steps = new LinkedHashMap<UUID, List<RunStep>>();
        statement.query(row -> {
            var id = row.getObject("id", UUID.class);
            if (!runs.containsKey(id)) {
                runs.put(id, run(row));
                steps.put(id, new ArrayList<>());
            }
            if (row.getString("name") != null) {
                steps.computeIfAbsent(id, _ -> new ArrayList<>()).add(step(row));
            }
        });
        return runs.values().stream()
                .map(run -> run.with(steps.getOrDefault(run.id(), List.of())))
                .toList();
    }

    private static ProvisioningRun run(ResultSet row) throws SQLException {
        var abortAt = instant(row, "abort_requested_at");
        return new ProvisioningRun(
                row.getObject("tenant", UUID.class),
                row.getObject("id", UUID.class),
                RunState.valueOf(row.getString("state")),
                row.getString("reason"),
                required(row, "created_at"),
                row.getString("created_by"),
                instant(row, "started_at"),
                instant(row, "ended_at"),
                abortAt == null
                        ? null
                        : new ProvisioningRun.Abort(
                                abortAt, row.getString("abort_requested_by"), row.getString("abort_reason")),
                row.getLong("fence"),
                List.of());
    }

    private static RunStep step(ResultSet row) throws SQLException {
        return new RunStep(
                row.getString("name"),
                row.getInt("position"),
                RunStep.State.valueOf(row.getString("step_state")),
                row.getInt("attempts"),
                row.getInt("undo_attempts"),
                row.getLong("step_fence"),
                required(row, "step_started_at"),
                instant(row, "step_ended_at"),
                row.getString("step_reason"));
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant required(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
