package com.misybot.tenancy.audit;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Reads trails. */
@Service
public class Entries {

    /** Entries that a stream reads at once. */
    public static final int BATCH = 500;

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final EntryRows rows;
    private final ScopedTransactions transactions;

    Entries(EntryRows rows, ScopedTransactions transactions) {
        this.rows = rows;
        this.transactions = transactions;
    }

    /**
     * Entries of a trail that fit, the latest first.
     *
     * @param before the number of the last entry read before; null for the beginning
     * @throws org.springframework.dao.QueryTimeoutException where they are not found within ten seconds
     */
    public List<Chained> latest(UUID tenant, EntryFilter filter, @Nullable Long before, int limit) {
        return transactions.read(Scope.tenant(tenant), LIMIT, () -> rows.latest(tenant, filter, before, limit));
    }

    /** Entries of a trail in their order, from a number on. */
    public List<Chained> from(UUID tenant, long seq, int limit) {
        return transactions.read(Scope.tenant(tenant), () -> rows.from(tenant, seq, limit));
    }
}
