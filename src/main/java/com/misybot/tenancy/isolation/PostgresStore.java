package com.misybot.tenancy.isolation;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.lifecycle.TenantStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a tenant has in PostgreSQL, counted as the tenant role in its scope: who may not see a row does not count it. */
@Component
class PostgresStore implements TenantStore {

    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** Tables that say they are tenants' own, and whether the whole row of one may be read. Names come from the catalogue, quoted. */
    private static final String TABLES = """
            select relname, oid::regclass::text as name, has_table_privilege(oid, 'select') as whole
            from pg_class
            where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
              and obj_description(oid, 'pg_class') like 'tenant-owned %' and has_any_column_privilege(oid, 'select')
            order by relname
            """;

    private final ScopedTransactions transactions;
    private final JdbcClient jdbc;

    PostgresStore(ScopedTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "postgres";
    }

    private record Table(String plain, String name, boolean whole) {}

    @Override
    public Holding holding(UUID tenant) {
        return transactions.read(Scope.tenant(tenant), LONGEST, () -> {
            var parts = jdbc
                    .sql(TABLES)
                    .query((row, _) -> new Table(row.getString(1), row.getString(2), row.getBoolean(3)))
                    .list()
                    .stream()
                    .map(this::part)
                    .filter(part -> part.items() > 0)
                    .toList();
            return new Holding(
                    Map.of(
                            "role", DatabaseRole.TENANT.roleName(),
                            "setting", "tenancy.tenant",
                            "value", tenant.toString()),
                    List.copyOf(parts));
        });
    }

    private Part part(Table table) {
        var bytes = table.whole ? "coalesce(sum(pg_column_size(t.*)), 0)" : Long.toString(Part.UNKNOWN);
        return jdbc.sql("select count(*), " + bytes + " from " + table.name + " t")
                .query((row, _) -> new Part(table.plain, row.getLong(1), row.getLong(2)))
                .single();
    }
}
