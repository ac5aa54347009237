package com.misybot.tenancy.isolation.probe;

import com.misybot.tenancy.isolation.probe.ProbeAttempt.Outcome;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tries to get out of the rows of one tenant in PostgreSQL, as the role that works for tenants. */
@Component
class PostgresProbe implements ProbedStore {

    /** Insufficient privilege, which row level security raises too, and a foreign key that finds nothing (PostgreSQL, appendix A). */
    private static final Set<String> DENIALS = Set.of("42501", "23503");

    /** How PostgreSQL refuses to read a scope that is not there (ADR 0104): no such setting, or nothing in it. */
    private static final Set<String> NO_SCOPE = Set.of("42704", "22P02");

    private static final Map<String, String> WAYS = Ways.of(PostgresProbe.class, "postgres-ways.txt");

    private final ScopedTransactions transactions;
    private final JdbcClient jdbc;
    private final ConnectionByHand byHand;

    PostgresProbe(ScopedTransactions transactions, JdbcClient jdbc, DataSource connections) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.byHand = new ConnectionByHand(connections);
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public void plant(Canary canary) {
        transactions.change(Scope.tenant(canary.tenant()), () -> {
            jdbc.sql("insert into canary (tenant, name, secret) values (?, ?, ?)")
                    .params(canary.tenant(), canary.name(), canary.secret())
                    .update();
            return jdbc.sql("insert into canary_mark (tenant, name) values (?, ?)")
                    .params(canary.tenant(), canary.name())
                    .update();
        });
    }

    @Override
    public void remove(Canary canary) {
        transactions.change(
                Scope.tenant(canary.tenant()),
                () -> jdbc.sql("delete from canary where tenant = ? and starts_with(name, ?)")
                        .params(canary.tenant(), canary.name())
                        .update());
    }

    @Override
    public List<ProbeAttempt> attempts(Canary intruder, Canary victim) {
        var attempts = new ArrayList<ProbeAttempt>();
        WAYS.forEach((way, sql) -> attempts.add(attempt(way, () -> tried(sql, intruder, victim))));
        tables().forEach((table, column) ->
                attempts.add(attempt("rows of " + table, () -> strangers(table, column, intruder))));
        attempts.add(attempt("row security off", () -> withoutRowSecurity(intruder)));
        attempts.add(attempt("scope of the transaction", () -> scopeIsAnothers(intruder)));
        attempts.add(attempt("no scope at all", () -> byHand.withoutScope(intruder), NO_SCOPE));
        attempts.add(
                attempt("a setting that somebody left on the connection", () -> byHand.leftBehind(intruder, victim)));
        attempts.add(attempt("cascade of a key with the same name", () -> cascade(intruder, victim)));
        attempts.add(attempt("whatever was tried has left its traces", () -> changed(victim)));
        return attempts;
    }

    private static ProbeAttempt attempt(String way, LongSupplier attempt) {
        return attempt(way, attempt, DENIALS);
    }

    private static ProbeAttempt attempt(String way, LongSupplier attempt, Set<String> denials) {
        try {
            var reached = attempt.getAsLong();
            return new ProbeAttempt(way, reached == 0 ? Outcome.NOTHING : Outcome.REACHED, reached + " rows");
        } catch (DataAccessException e) {
            var state = e.getMostSpecificCause() instanceof SQLException sql ? sql.getSQLState() : null;
            return new ProbeAttempt(
                    way,
                    state != null && denials.contains(state) ? Outcome.DENIED : Outcome.UNCLEAR,
                    state == null ? e.getClass().getSimpleName() : state);
        }
    }

    /** Ends a transaction whose work must not stay, whatever it was. */
    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final long reached;

        Undone(long reached) {
            super("undone", null, false, false);
            this.reached = reached;
        }
    }

    /** What succeeds is undone: an attempt must leave nothing behind. */
    private long tried(String sql, Canary intruder, Canary victim) {
        try {
            return transactions.<Long>change(Scope.tenant(intruder.tenant()), () -> {
                throw new Undone(reached(sql, intruder, victim));
            });
        } catch (Undone undone) {
            return undone.reached;
        }
    }

    private long reached(String sql, Canary intruder, Canary victim) {
        var statement = jdbc.sql(sql)
                .params(Map.of(
                        "own", intruder.tenant(),
                        "other", victim.tenant(),
                        "name", intruder.name(),
                        "secret", victim.secret()));
        if (sql.startsWith("select")) {
            return statement.query(Long.class).single();
        }
        var changed = (long) statement.update();
        return sql.matches("(insert|update|delete|merge).*") ? changed : 1 + changed;
    }

    /** The tables of tenants that the role may read, and the column that says whose a row is. */
    private Map<String, String> tables() {
        var tables = new LinkedHashMap<String, String>();
        transactions.read(Scope.platform(), () -> {
            jdbc.sql("""
                    select quote_ident(relname), quote_ident(substring(obj_description(oid, 'pg_class') from '\\mby=(\\w+)'))
                    from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
                      and obj_description(oid, 'pg_class') like 'tenant-owned %'
                      and has_any_column_privilege('tenancy_tenant', oid, 'select')
                    order by 1""")
                    .query((row, _) -> tables.put(row.getString(1), row.getString(2)))
                    .list();
            return null;
        });
        return tables;
    }

    private long strangers(String table, String column, Canary intruder) {
        return transactions.read(
                Scope.tenant(intruder.tenant()),
                () -> jdbc.sql("select count(*) from " + table + " where " + column + " <> ?")
                        .param(intruder.tenant())
                        .query(Long.class)
                        .single());
    }

    private long withoutRowSecurity(Canary intruder) {
        return transactions.read(Scope.tenant(intruder.tenant()), () -> {
            jdbc.sql("set local row_security = off").update();
            return jdbc.sql("select count(*) from canary").query(Long.class).single();
        });
    }

    private long scopeIsAnothers(Canary intruder) {
        return transactions.read(
                Scope.tenant(intruder.tenant()),
                () -> jdbc.sql("select count(*) from canary where current_tenant() <> ?")
                        .param(intruder.tenant())
                        .query(Long.class)
                        .single());
    }

    /** The intruder deletes a row whose name the victim uses too: a key without the tenant would take the victim's along. */
    private long cascade(Canary intruder, Canary victim) {
        remove(intruder);
        plant(intruder);
        return 1 - marks(victim);
    }

    private long marks(Canary victim) {
        return transactions.read(
                Scope.tenant(victim.tenant()),
                () -> jdbc.sql("select count(*) from canary_mark where name = ?")
                        .param(victim.name())
                        .query(Long.class)
                        .single());
    }

    /** Rows of the victim that are not as they were planted. */
    private long changed(Canary victim) {
        return transactions.read(
                Scope.tenant(victim.tenant()),
                () -> jdbc.sql("""
                        select abs(count(*) - 1) + count(*) filter (where name <> ? or secret <> ?) from canary where name like ?""")
                        .params(victim.name(), victim.secret(), victim.name() + "%")
                        .query(Long.class)
                        .single());
    }
}
