package com.misybot.tenancy.context.mirror;

import com.misybot.tenancy.kernel.LastStatements;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Marks of tenants whose context Redis may not have yet, written with the change itself. */
@Repository
public class PendingContexts {

    private static final String RENEW = """
            insert into context_pending (tenant, mark) select tenant, ? from unnest(?) as tenant
            on conflict (tenant) do update set mark = excluded.mark
            """;
    private static final String ADD = """
            insert into context_pending (tenant, mark) select tenant, ? from unnest(?) as tenant
            on conflict (tenant) do nothing
            """;
    private static final String OLDEST =
            "select tenant, mark from context_pending where since <= now() - ? * interval '1 millisecond' order by since limit ?";
    private static final String LAG = "select coalesce(extract(epoch from now() - min(since)), 0) from context_pending";
    private static final String DONE = """
            delete from context_pending p using unnest(?, ?) as done (tenant, mark)
            where p.tenant = done.tenant and p.mark = done.mark
            """;

    private final ScopedTransactions transactions;
    private final JdbcClient jdbc;
    private final JdbcOperations operations;

    PendingContexts(ScopedTransactions transactions, JdbcClient jdbc, JdbcOperations operations) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.operations = operations;
    }

    /** A tenant and the mark of its last change that is not known to be in Redis. */
    record Pending(UUID tenant, UUID mark) {}

    /**
     * What marks tenants in the transaction of their change. In the platform's scope tenants only come into being: nobody has
     * marked them before.
     */
    public static LastStatements.Last marking(Collection<UUID> tenants, UUID mark) {
        var sql = Scope.current() instanceof Scope.Tenant ? RENEW : ADD;
        return LastStatements.Last.of(sql, mark, tenants.toArray(UUID[]::new));
    }

    /** Those that were marked first, and at least this long ago. */
    List<Pending> oldest(Duration age, int limit) {
        return transactions.read(
                Scope.platform(),
                () -> jdbc.sql(OLDEST)
                        .params(age.toMillis(), limit)
                        .query((row, _) ->
                                new Pending(row.getObject("tenant", UUID.class), row.getObject("mark", UUID.class)))
                        .list());
    }

    /** How long the first of them has been waiting. */
    Duration lag() {
        var seconds = transactions.read(
                Scope.platform(), () -> jdbc.sql(LAG).query(Double.class).single());
        return Duration.ofMillis((long) (seconds * 1_000));
    }

    /** Takes marks away unless a later change has renewed them. */
    void done(List<Pending> pending) {
        transactions.change(
                Scope.keeper(),
                () -> operations.update(
                        DONE,
                        pending.stream().map(Pending::tenant).toArray(UUID[]::new),
                        pending.stream().map(Pending::mark).toArray(UUID[]::new)));
    }
}
