package com.misybot.tenancy.tenant.plan;

import com.misybot.tenancy.tenant.LimitJson;
import com.misybot.tenancy.tenant.PlanTemplates;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code plan}. Runs inside the caller's transaction. */
@Repository
class PlanRows {

    private static final String SELECT =
            "select id, name, limits, permissions, secret_scopes, template, version, created_at, created_by, updated_at, updated_by"
                    + " from plan where (cardinality(?::text[]) = 0 or id = any (?::text[]))";

    private final JdbcClient jdbc;
    private final LimitJson json;
    private final PlanTemplates templates;

    PlanRows(JdbcClient jdbc, LimitJson json, PlanTemplates templates) {
        this.jdbc = jdbc;
        this.json = json;
        this.templates = templates;
    }

    /** Whether nobody had this id before. */
    boolean insert(Plan plan) {
        var terms = plan.terms();
        return jdbc.sql("""
                        insert into plan (id, name, limits, permissions, secret_scopes, template, version, created_at, created_by,
                            updated_at, updated_by)
                        values (?, ?, ?::jsonb, ?::text[], ?::text[], ?, ?, ?, ?, ?, ?) on conflict do nothing
                        """)
                        .params(
                                plan.id(),
                                terms.name(),
                                json.text(terms.limits()),
                                array(terms.permissions()),
                                array(terms.secretScopes()),
                                templates.text(terms.template()),
                                plan.version(),
                                timestamp(plan.createdAt()),
                                plan.createdBy(),
                                timestamp(plan.updatedAt()),
                                plan.updatedBy())
                        .update()
                == 1;
    }

    /** Writes what a change changes. The caller holds the lock of the platform's own rows. */
    void update(Plan plan) {
        var terms = plan.terms();
        jdbc.sql("""
                update plan set name = ?, limits = ?::jsonb, permissions = ?::text[], secret_scopes = ?::text[], template = ?, version = ?,
                    updated_at = ?, updated_by = ?
                where id = ?
                """)
                .params(
                        terms.name(),
                        json.text(terms.limits()),
                        array(terms.permissions()),
                        array(terms.secretScopes()),
                        templates.text(terms.template()),
                        plan.version(),
                        timestamp(plan.updatedAt()),
                        plan.updatedBy(),
                        plan.id())
                .update();
    }

    /** Raises {@link org.springframework.dao.DataIntegrityViolationException} where a tenant has it. */
    void delete(String id) {
        jdbc.sql("delete from plan where id = ?").param(id).update();
    }

    /** The plan with this id, where it is one of these; of no plans, any is. */
    Optional<Plan> find(String id, Set<String> within) {
        return jdbc.sql(SELECT + " and id = ?")
                .params(array(within), array(within), id)
                .query(this::plan)
                .optional();
    }

    /** Plans in an order, after the one at the given position. */
    List<Plan> list(Set<String> within, PlanSort by, boolean descending, @Nullable Position after, int limit) {
        var key = by == PlanSort.ID ? "(id, id)" : "(created_at, id)";
        var parameters = new ArrayList<Object>(List.of(array(within), array(within)));
        var sql = new StringBuilder(SELECT);
        if (after != null) {
            sql.append(" and ").append(key).append(descending ? " < (?, ?)" : " > (?, ?)");
            parameters.add(by == PlanSort.ID ? after.id() : timestamp(after.createdAt()));
            parameters.add(after.id());
        }
        var way = descending ? " desc" : " asc";
        sql.append(by == PlanSort.ID ? " order by id" : " order by created_at" + way + ", id")
                .append(way)
                .append(" limit ?");
        parameters.add(limit);
        return jdbc.sql(sql.toString()).params(parameters).query(this::plan).list();
    }

    long count(Set<String> within) {
        return jdbc.sql("select count(*) from plan where (cardinality(?::text[]) = 0 or id = any (?::text[]))")
                .params(array(within), array(within))
                .query(Long.class)
                .single();
    }

    /** Where a page ended. */
    record Position(Instant createdAt, String id) {}

    private static Object array(Collection<?> values) {
        return values.stream().map(Object::toString).toArray(String[]::new);
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private Plan plan(ResultSet row, int number) throws SQLException {
        return new Plan(
                row.getString("id"),
                new Plan.Terms(
                        row.getString("name"),
                        json.limits(row.getString("limits")),
                        strings(row, "permissions"),
                        strings(row, "secret_scopes").stream()
                                .map(SecretScope::of)
                                .toList(),
                        templates.read(row.getString("template"))),
                row.getLong("version"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("created_by"),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getString("updated_by"));
    }

    private static List<String> strings(ResultSet row, String column) throws SQLException {
        return Arrays.asList((String[]) row.getArray(column).getArray());
    }
}
