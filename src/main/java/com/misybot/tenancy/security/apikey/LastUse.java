package com.misybot.tenancy.security.apikey;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.keyring.LastUses;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.SortedMap;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;

/** When each API key was last used, all keys in one batch. */
@Component
class LastUse extends LastUses<String> {

    private static final String UPDATE = """
            update api_key set last_used_at = ?, version = version + 1
            where key_id = ? and (last_used_at is null or last_used_at < ?)
            """;

    private final ScopedTransactions transactions;
    private final JdbcOperations jdbc;

    LastUse(ScopedTransactions transactions, JdbcOperations jdbc, Clock clock) {
        super("key-use", Comparator.naturalOrder(), clock);
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    @Override
    protected Collection<String> store(SortedMap<String, Instant> uses) {
        transactions.<int[][]>change(
                Scope.platform(),
                () -> jdbc.batchUpdate(UPDATE, uses.entrySet(), ROUND_LIMIT, (statement, use) -> {
                    var at = Timestamp.from(use.getValue());
                    statement.setTimestamp(1, at);
                    statement.setString(2, use.getKey());
                    statement.setTimestamp(3, at);
                }));
        return uses.keySet();
    }
}
